// The command line of patchbay-desktop, and what a second start hands to the window that is open already.
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include "base/error.h"

namespace patchbay {

struct StartOptions {
    QString configFile;
    QString dataDir;
    QString shotDir;      ///< --shot: take pictures instead of opening a window
    QString openChat;     ///< --open ID
    bool quickAsk = false;
    bool playground = false;
    bool software = false; ///< --software: draw without the graphics card
    bool allowCore = false;
    bool help = false;
    bool version = false;

    /// `arguments` without the program's name. InvalidRequest for what is unknown or lacks its value.
    static Result<StartOptions> parse(const QStringList& arguments);
    static QString helpText();
};

/// What a second start asks of the first. `activationToken`: the compositor's permission to come to the front.
struct StartMessage {
    bool quickAsk = false;
    QString openChat;
    QString activationToken;

    QByteArray toBytes() const;
    /// Anything that is no such message is one that asks for nothing but the window.
    static StartMessage fromBytes(const QByteArray& bytes);
    static StartMessage of(const StartOptions& options);
};

} // namespace patchbay
