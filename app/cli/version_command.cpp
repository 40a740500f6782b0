#include <cstdio>

#include <QtGlobal>
#include <boost/version.hpp>
#include <curl/curl.h>
#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/engine.h"

namespace patchbay {

void addVersionCommand(CLI::App& app, CommandRunner& run) {
    app.add_subcommand("version", "Print the version and what it is built with")->callback([&run] {
        run = [] {
            fmt::print("patchbay {}\nQt {}, Boost {}.{}, {}\n", PATCHBAY_VERSION, qVersion(), BOOST_VERSION / 100000,
                       BOOST_VERSION / 100 % 1000, curl_version());
            return static_cast<int>(kExitOk);
        };
    });
}

void printError(const Error& error) {
    fmt::print(stderr, "patchbay: {}\n", error.message);
    if (!error.hint.empty())
        fmt::print(stderr, "          {}\n", error.hint);
}

int exitCodeOf(const Error& error) {
    switch (error.code) {
    case ErrorCode::Configuration: return kExitConfiguration;
    case ErrorCode::InvalidRequest: return kExitUsage;
    case ErrorCode::Unreachable:
    case ErrorCode::Unavailable:
    case ErrorCode::Storage:
    case ErrorCode::StorageFull:
    case ErrorCode::Corrupt:
    case ErrorCode::Conflict: return kExitUnavailable;
    case ErrorCode::Cancelled: return kExitInterrupted;
    default: return kExitFailure;
    }
}

} // namespace patchbay
