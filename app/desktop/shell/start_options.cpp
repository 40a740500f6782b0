#include "app/desktop/shell/start_options.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace patchbay {
namespace {

constexpr auto kHelp =
    "Patchbay: chat with many models from one window.\n"
    "\n"
    "usage: patchbay-desktop [options]\n"
    "\n"
    "  --quick-ask       open the small window for one question (in the running program, if there is one)\n"
    "  --open ID         open this conversation\n"
    "  --playground      start the built-in practice provider: no key and no network needed\n"
    "  --config FILE     configuration file (TOML)\n"
    "  --data-dir DIR    folder of the database\n"
    "  --software        draw without the graphics card\n"
    "  --shot DIR        write a picture of every page to DIR and end\n"
    "  --allow-core      leave core dumps and debuggers on (they can show keys)\n"
    "  --version         print the version\n"
    "  --help            print this text\n"
    "\n"
    "A second start brings the window of the first one to the front.\n";

} // namespace

Result<StartOptions> StartOptions::parse(const QStringList& arguments) {
    StartOptions options;
    struct Flag {
        const char* name;
        bool* on;
    };
    const Flag flags[] = {{"--quick-ask", &options.quickAsk}, {"--playground", &options.playground},
                          {"--software", &options.software},  {"--allow-core", &options.allowCore},
                          {"--help", &options.help},          {"-h", &options.help},
                          {"--version", &options.version},    {"-v", &options.version}};
    struct Value {
        const char* name;
        QString* text;
    };
    const Value values[] = {{"--config", &options.configFile},
                            {"--data-dir", &options.dataDir},
                            {"--shot", &options.shotDir},
                            {"--open", &options.openChat}};
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString name = arguments[i].section(u'=', 0, 0);
        bool known = false;
        for (const Flag& flag : flags)
            if (arguments[i] == QLatin1String(flag.name))
                known = *flag.on = true;
        for (const Value& value : values) {
            if (name != QLatin1String(value.name))
                continue;
            known = true;
            if (arguments[i].contains(u'='))
                *value.text = arguments[i].section(u'=', 1);
            else if (i + 1 < arguments.size())
                *value.text = arguments[++i];
            if (value.text->isEmpty())
                return makeError(ErrorCode::InvalidRequest, name.toStdString() + " needs a value.",
                                 "patchbay-desktop --help lists what there is.");
        }
        if (!known)
            return makeError(ErrorCode::InvalidRequest, "Unknown option " + arguments[i].toStdString() + ".",
                             "patchbay-desktop --help lists what there is.");
    }
    return options;
}

QString StartOptions::helpText() {
    return QLatin1String(kHelp);
}

QByteArray StartMessage::toBytes() const {
    return QJsonDocument(QJsonObject{{QStringLiteral("quickAsk"), quickAsk},
                                     {QStringLiteral("open"), openChat},
                                     {QStringLiteral("activationToken"), activationToken}})
        .toJson(QJsonDocument::Compact);
}

StartMessage StartMessage::fromBytes(const QByteArray& bytes) {
    const QJsonObject object = QJsonDocument::fromJson(bytes).object();
    return {.quickAsk = object.value(QLatin1String("quickAsk")).toBool(),
            .openChat = object.value(QLatin1String("open")).toString(),
            .activationToken = object.value(QLatin1String("activationToken")).toString()};
}

StartMessage StartMessage::of(const StartOptions& options) {
    return {.quickAsk = options.quickAsk,
            .openChat = options.openChat,
            .activationToken = qEnvironmentVariable("XDG_ACTIVATION_TOKEN")};
}

} // namespace patchbay
