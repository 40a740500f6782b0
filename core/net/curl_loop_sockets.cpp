// Everywhere but on Linux: asio watches each of curl's sockets. Curl opens and closes them; asio only borrows the
// number and gives it back before curl closes it.
#include <unordered_map>

#include <boost/asio/ip/tcp.hpp>
#ifndef _WIN32
#include <boost/asio/posix/stream_descriptor.hpp>
#endif

#include "net/socket_watch.h"

namespace patchbay {
namespace {

#ifdef _WIN32
using Watched = asio::ip::tcp::socket;

// The address family does not matter for waiting; curl's wake-up pair is IPv4, so IPv4 is always a sound guess.
void borrow(Watched& watched, curl_socket_t socket) {
    watched.assign(asio::ip::tcp::v4(), socket);
}
#else
using Watched = asio::posix::stream_descriptor;

void borrow(Watched& watched, curl_socket_t socket) {
    watched.assign(socket);
}
#endif

class EachSocketWatch final : public SocketWatch, public std::enable_shared_from_this<EachSocketWatch> {
public:
    EachSocketWatch(asio::any_io_executor executor, SocketListener& listener)
        : m_executor(std::move(executor)), m_listener(&listener) {}
    ~EachSocketWatch() override { giveAllBack(); }

    void watch(curl_socket_t socket, int action, bool) override {
        if (action == CURL_POLL_REMOVE) {
            if (const auto found = m_entries.find(socket); found != m_entries.end()) {
                found->second->giveBack();
                m_entries.erase(found);
            }
            return;
        }
        auto& entry = m_entries[socket];
        if (!entry) {
            entry = std::make_shared<Entry>(m_executor);
            borrow(entry->watched, socket);
        }
        entry->wanted = action;
        arm(entry, socket);
    }

    void stop() override {
        m_listener = nullptr;
        giveAllBack();
    }

private:
    struct Entry {
        explicit Entry(const asio::any_io_executor& executor) : watched(executor) {}
        // Without release() the destructor would close curl's socket.
        void giveBack() {
            wanted = 0;
            if (watched.is_open())
                watched.release();
        }
        Watched watched;
        int wanted = 0;
        bool waitsForRead = false;
        bool waitsForWrite = false;
    };

    void giveAllBack() {
        for (auto& [socket, entry] : m_entries)
            entry->giveBack();
        m_entries.clear();
    }

    void arm(const std::shared_ptr<Entry>& entry, curl_socket_t socket) {
        if ((entry->wanted & CURL_POLL_IN) && !entry->waitsForRead) {
            entry->waitsForRead = true;
            wait(entry, socket, Watched::wait_read, CURL_CSELECT_IN);
        }
        if ((entry->wanted & CURL_POLL_OUT) && !entry->waitsForWrite) {
            entry->waitsForWrite = true;
            wait(entry, socket, Watched::wait_write, CURL_CSELECT_OUT);
        }
    }

    void wait(const std::shared_ptr<Entry>& entry, curl_socket_t socket, Watched::wait_type kind, int mask) {
        entry->watched.async_wait(kind,
                                  [self = shared_from_this(), entry, socket, mask](boost::system::error_code failure) {
                                      (mask == CURL_CSELECT_IN ? entry->waitsForRead : entry->waitsForWrite) = false;
                                      if (failure == asio::error::operation_aborted || !self->m_listener)
                                          return;
                                      // Curl may have changed its mind since the wait began.
                                      const int wantedMask = mask == CURL_CSELECT_IN ? CURL_POLL_IN : CURL_POLL_OUT;
                                      if (!(entry->wanted & wantedMask))
                                          return;
                                      self->m_listener->onSocket(socket, failure ? CURL_CSELECT_ERR : mask);
                                      if (entry->watched.is_open())
                                          self->arm(entry, socket);
                                      if (self->m_listener)
                                          self->m_listener->onBatchEnd();
                                  });
    }

    asio::any_io_executor m_executor;
    SocketListener* m_listener;
    std::unordered_map<curl_socket_t, std::shared_ptr<Entry>> m_entries;
};

} // namespace

std::shared_ptr<SocketWatch> makeSocketWatch(const asio::any_io_executor& executor, SocketListener& listener) {
    return std::make_shared<EachSocketWatch>(executor, listener);
}

} // namespace patchbay
