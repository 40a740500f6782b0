// The bytes that a connection has received and not yet used. One read at a time may be under way into prepare()'s
// space; consume() never moves bytes, so it is safe meanwhile.
#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

#include <boost/asio/buffer.hpp>

namespace patchbay::http {

class InputBuffer {
public:
    std::string_view view() const { return {m_data.get() + m_begin, m_end - m_begin}; }
    std::size_t size() const { return m_end - m_begin; }
    bool empty() const { return m_begin == m_end; }
    void consume(std::size_t bytes) { m_begin += bytes; }
    void clear() { m_begin = m_end; }

    /// At least `bytes` of room behind the content. Not while a read is under way.
    boost::asio::mutable_buffer prepare(std::size_t bytes) {
        const std::size_t used = size();
        if (used == 0) {
            m_begin = m_end = 0;
            // An idle connection must not keep the 64 KiB that one upload needed.
            if (m_capacity > 4 * bytes) {
                m_data.reset();
                m_capacity = 0;
            }
        }
        if (m_capacity - m_end < bytes) {
            if (m_capacity - used >= bytes && m_begin > 0) {
                std::memmove(m_data.get(), m_data.get() + m_begin, used);
            } else {
                const std::size_t capacity = used + bytes > 2 * m_capacity ? used + bytes : 2 * m_capacity;
                std::unique_ptr<char[]> grown(new char[capacity]);
                if (used > 0)
                    std::memcpy(grown.get(), m_data.get() + m_begin, used);
                m_data = std::move(grown);
                m_capacity = capacity;
            }
            m_begin = 0;
            m_end = used;
        }
        return {m_data.get() + m_end, bytes};
    }
    /// Gives the memory back. Not while a read is under way.
    void releaseIfEmpty() {
        if (!empty() || !m_data)
            return;
        m_data.reset();
        m_capacity = m_begin = m_end = 0;
    }
    void commit(std::size_t bytes) { m_end += bytes; }

private:
    std::unique_ptr<char[]> m_data;
    std::size_t m_capacity = 0;
    std::size_t m_begin = 0;
    std::size_t m_end = 0;
};

} // namespace patchbay::http
