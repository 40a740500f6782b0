#include "app/engine.h"

#include <cstdio>
#include <cstdlib>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/signal_set.hpp>

namespace patchbay {
namespace {

struct AskedToStop final : Interrupts {
    bool asked = false;
    void handled() override { asked = false; }
};

} // namespace

int runEngine(std::function<awaitable<int>()> main) {
    return runEngine([&main](Interrupts&) { return main(); });
}

int runEngine(std::function<awaitable<int>(Interrupts&)> main) {
    asio::io_context engine(1);
    asio::cancellation_signal cancel;
    asio::signal_set signals(engine, SIGINT, SIGTERM);
    AskedToStop stop;
    std::function<void(const boost::system::error_code&, int)> onSignal = [&](const boost::system::error_code& failure,
                                                                              int) {
        if (failure)
            return;
        if (std::exchange(stop.asked, true))
            std::_Exit(kExitInterrupted);
        signals.async_wait(onSignal);
        cancel.emit(asio::cancellation_type::terminal);
    };
    signals.async_wait(onSignal);

    int exitCode = kExitFailure;
    asio::co_spawn(
        engine, main(stop), asio::bind_cancellation_slot(cancel.slot(), [&](std::exception_ptr failure, int code) {
            exitCode = code;
            if (failure) {
                try {
                    std::rethrow_exception(failure);
                } catch (const boost::system::system_error& error) {
                    exitCode = error.code() == asio::error::operation_aborted ? kExitInterrupted : kExitFailure;
                    if (exitCode == kExitFailure)
                        std::fprintf(stderr, "patchbay: %s\n", error.what());
                } catch (const std::exception& error) {
                    exitCode = kExitFailure;
                    std::fprintf(stderr, "patchbay: internal error: %s\n", error.what());
                }
            }
            signals.cancel();
        }));
    engine.run();
    return exitCode;
}

} // namespace patchbay
