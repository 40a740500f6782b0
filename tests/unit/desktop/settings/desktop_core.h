// A core with the playground in a folder of its own, behind a bridge, as the window has it.
#pragma once

#include <filesystem>
#include <fstream>

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include "app/desktop/bridge/engine_bridge.h"
#include "base/os_file.h"

namespace patchbay {

class DesktopCore {
public:
    explicit DesktopCore(std::shared_ptr<Keychain> keychain = nullptr, bool playground = true) {
        writeConfig({});
        options.places.dataDir = path("data").toStdString();
        options.places.configFile = path("config/config.toml").toStdString();
        options.playground = playground;
        options.logLevel = LogLevel::Debug;
        options.keychain = std::move(keychain);
    }
    QString path(const QString& name) const { return m_folder.filePath(name); }
    void writeConfig(std::string_view text) const {
        (void)writeFileAtomically(path("config/config.toml").toStdString(), text, FileMode::Private).value();
    }
    bool start() {
        std::optional<Result<void>> outcome;
        bridge->start(options, [&](Result<void> result) { outcome = std::move(result); });
        return QTest::qWaitFor([&] { return outcome.has_value(); }) && outcome->has_value();
    }
    /// The playground's address in the OpenAI format.
    QString playgroundUrl() {
        std::string url;
        const auto asking = [&]() -> QCoro::Task<> {
            auto found = co_await bridge->ask<std::string>([](Composition& core) -> awaitable<Result<std::string>> {
                co_return (*core.routes().current()->provider("playground")->endpoint)->baseUrl;
            });
            url = found ? *found : found.error().message;
        };
        QCoro::waitFor(asking());
        return QString::fromStdString(url);
    }
    /// Files below the folder that hold the text.
    QStringList filesWith(std::string_view text) const {
        QStringList names;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(m_folder.path().toStdString()))
            if (entry.is_regular_file()) {
                std::ifstream file(entry.path(), std::ios::binary);
                const std::string bytes((std::istreambuf_iterator<char>(file)), {});
                if (bytes.find(text) != std::string::npos)
                    names.append(QString::fromStdString(entry.path()));
            }
        return names;
    }

    CompositionOptions options;
    std::unique_ptr<EngineBridge> bridge = std::make_unique<EngineBridge>();

private:
    QTemporaryDir m_folder;
};

} // namespace patchbay
