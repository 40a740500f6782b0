#include "app/engine.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/signal_set.hpp>

namespace patchbay {
namespace {

#ifdef SIGHUP
bool isHangUp(int number) {
    return number == SIGHUP;
}
void addHangUp(asio::signal_set& signals, boost::system::error_code& failure) {
    signals.add(SIGHUP, failure);
}
// nohup asks that a closed terminal be of no account.
bool hangUpIsIgnored() {
    const auto before = std::signal(SIGHUP, SIG_DFL);
    if (before == SIG_IGN)
        std::signal(SIGHUP, SIG_IGN);
    return before == SIG_IGN;
}
#else
bool isHangUp(int) {
    return false;
}
void addHangUp(asio::signal_set&, boost::system::error_code&) {
}
bool hangUpIsIgnored() {
    return true;
}
#endif

struct AskedToStop final : Interrupts {
    explicit AskedToStop(asio::signal_set& set) : signals(set) {}
    asio::signal_set& signals;
    std::function<void()> hangUp;
    bool asked = false;
    void handled() override { asked = false; }
    void onHangUp(std::function<void()> action) override {
        hangUp = std::move(action);
        boost::system::error_code ignored; // it may be there already
        addHangUp(signals, ignored);
    }
};

} // namespace

int runEngine(std::function<awaitable<int>()> main) {
    return runEngine([&main](Interrupts&) { return main(); });
}

int runEngine(std::function<awaitable<int>(Interrupts&)> main) {
    asio::io_context engine(1);
    asio::cancellation_signal cancel;
    asio::signal_set signals(engine, SIGINT, SIGTERM);
    if (boost::system::error_code ignored; !hangUpIsIgnored())
        addHangUp(signals, ignored);
    AskedToStop stop(signals);
    std::function<void(const boost::system::error_code&, int)> onSignal = [&](const boost::system::error_code& failure,
                                                                              int number) {
        if (failure)
            return;
        if (isHangUp(number) && stop.hangUp) {
            signals.async_wait(onSignal);
            stop.hangUp();
            return;
        }
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
