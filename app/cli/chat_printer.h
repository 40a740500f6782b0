// Shows a reply: its text on standard output, everything about it on standard error; or every event as a line of JSON.
#pragma once

#include "app/cli/chat_backend.h"

namespace patchbay {

struct PrinterOptions {
    bool json = false;    ///< one native event per line, {"type": …}
    bool details = false; ///< model, tokens and cost afterwards, on standard error
};

/// What is shown on a terminal must not steer it: everything but line ends, tabs and text is left out.
std::string withoutControls(std::string_view text);

class ChatPrinter final : public NativeEventSink {
public:
    explicit ChatPrinter(PrinterOptions options);
    Result<void> take(const NativeEvent& event) override;
    /// Completes the last line, tells what there is to tell. An error is told by the caller.
    void finish(const ChatTurnEnd& end);
    /// The answer's text so far.
    const std::string& text() const { return m_text; }

private:
    Result<void> write(std::string_view text);
    Result<void> writeJsonLine(const NativeEvent& event);
    void think(std::string_view text);
    void endThought();
    void printDetails(const ChatTurnEnd& end) const;

    PrinterOptions m_options;
    bool m_outputIsTerminal;
    bool m_showThoughts;
    bool m_thinking = false;
    std::string m_text;
};

} // namespace patchbay
