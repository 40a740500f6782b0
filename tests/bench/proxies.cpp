#include "proxies.h"

#include <charconv>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <thread>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include "base/async.h"

namespace patchbay::bench {
namespace {

using asio::ip::tcp;

std::uint16_t freePort() {
    asio::io_context context(1);
    return tcp::acceptor(context, {asio::ip::address_v4::loopback(), 0}).local_endpoint().port();
}

void waitUntilAccepting(std::uint16_t port) {
    asio::io_context context(1);
    for (int attempt = 0; attempt < 500; ++attempt) {
        tcp::socket socket(context);
        boost::system::error_code failure;
        socket.connect({asio::ip::address_v4::loopback(), port}, failure);
        if (!failure)
            return;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    throw std::runtime_error("nginx does not accept connections");
}

constexpr std::string_view kLocation =
    "location / {{ proxy_pass http://bench; proxy_http_version 1.1; proxy_set_header Connection \"\"; {} }}";

} // namespace

ScratchFolder::ScratchFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "patchbay-bench-XXXXXX").string();
    if (!::mkdtemp(pattern.data()))
        throw std::runtime_error("cannot make a temporary folder");
    m_path = pattern;
}

ScratchFolder::~ScratchFolder() {
    std::error_code ignored; // what is left in the temporary folder does no harm
    std::filesystem::remove_all(m_path, ignored);
}

Proxy startNginx(const std::filesystem::path& folder, std::uint16_t upstreamPort) {
    std::filesystem::create_directories(folder);
    const std::uint16_t plain = freePort();
    std::uint16_t stream = freePort();
    while (stream == plain)
        stream = freePort();
    std::ofstream config(folder / "nginx.conf");
    config << "daemon off;\nworker_processes 1;\npid " << (folder / "nginx.pid").string() << ";\n"
           << (::getuid() == 0 ? "user root;\n" : "") << "worker_rlimit_nofile 16384;\n"
           << "events { worker_connections 8192; }\n"
           << "http {\n  access_log off;\n  keepalive_requests 1000000000;\n  tcp_nodelay on;\n";
    for (const std::string_view kind : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"})
        config << fmt::format("  {}_temp_path {};\n", kind, (folder / kind).string());
    config << fmt::format(
                  "  upstream bench {{ server 127.0.0.1:{}; keepalive 1024; keepalive_requests 1000000000; }}\n",
                  upstreamPort)
           << fmt::format("  server {{ listen 127.0.0.1:{} backlog=4096; {} }}\n", plain, fmt::format(kLocation, ""))
           << fmt::format("  server {{ listen 127.0.0.1:{} backlog=4096; {} }}\n", stream,
                          fmt::format(kLocation, "proxy_buffering off;"))
           << "}\n";
    config.close();
    // Distributions put it where an ordinary user's PATH does not lead.
    const std::string program = std::filesystem::exists("/usr/sbin/nginx") ? "/usr/sbin/nginx" : "nginx";
    const std::string prefix = folder.string();
    Proxy proxy{
        .name = "nginx",
        .plain = {plain, Fidelity::SameBytes},
        .stream = {stream, Fidelity::SameBytes},
        .process = std::make_unique<Process>(
            std::vector<std::string>{program, "-p", prefix, "-c", prefix + "/nginx.conf", "-e", prefix + "/error.log"},
            folder / "stderr")};
    waitUntilAccepting(stream);
    return proxy;
}

void writePatchbayConfig(const PatchbayStart& start) {
    std::filesystem::create_directories(start.folder);
    std::ofstream config(start.folder / "config.toml");
    config << "[server]\nhost = \"127.0.0.1\"\nport = 0\n";
    if (!start.logLevel.empty())
        config << fmt::format("[log]\nlevel = \"{}\"\n", start.logLevel);
    config << fmt::format("[[providers]]\nid = \"bench\"\nformat = \"openai\"\nbase_url = \"http://127.0.0.1:{}/v1\"\n",
                          start.upstreamPort);
    for (const std::string& model : {PlainScript{}.model(), PlainScript{.replyBytes = 1024}.model()})
        config << fmt::format("[[models]]\nname = \"{0}\"\n"
                              "deployments = [ {{ provider = \"bench\", model = \"{0}\" }} ]\n",
                              model);
    config << "[[models]]\nname = \"*\"\ndeployments = [ { provider = \"bench\", model = \"*\" } ]\n";
}

Proxy startPatchbay(const PatchbayStart& start, std::string name) {
    auto process = std::make_unique<Process>(std::vector<std::string>{start.program, "serve", "--config",
                                                                      (start.folder / "config.toml").string(),
                                                                      "--data-dir", (start.folder / "data").string()},
                                             start.folder / "stderr");
    const std::string line = process->readLine();
    const std::size_t colon = line.rfind(':');
    std::uint16_t port = 0;
    if (colon != std::string::npos)
        std::from_chars(line.data() + colon + 1, line.data() + line.size(), port);
    if (port == 0)
        throw std::runtime_error(
            fmt::format("{} did not start ({}); see {}", start.program, line, (start.folder / "stderr").string()));
    return Proxy{.name = std::move(name),
                 .plain = {port, Fidelity::SameMeaning},
                 .stream = {port, Fidelity::SameMeaning},
                 .process = std::move(process)};
}

} // namespace patchbay::bench
