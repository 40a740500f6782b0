// The first run in three steps, each of which can be skipped: language and theme; a key, a local server that was found,
// or the playground; the first reply. Shown once. Looks for local servers only here: one GET each, on loopback, 300 ms.
#pragma once

#include <QObject>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

namespace patchbay {

class EngineBridge;
class ProvidersController;
class Settings;

class FirstRun : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The program makes the one there is.")
    /// Show it instead of the chat.
    Q_PROPERTY(bool needed READ needed NOTIFY neededChanged)
    /// 0 look, 1 provider, 2 first reply
    Q_PROPERTY(int step READ step NOTIFY stepChanged)
    Q_PROPERTY(bool searching READ searching NOTIFY localServersChanged)
    /// {vendor, title, baseUrl}
    Q_PROPERTY(QVariantList localServers READ localServers NOTIFY localServersChanged)
    /// Without any provider the built-in playground answers.
    Q_PROPERTY(bool playgroundAvailable READ playgroundAvailable NOTIFY localServersChanged)
    /// Providers that are there already, from the person's file or environment.
    Q_PROPERTY(int providerCount READ providerCount NOTIFY localServersChanged)
    /// A key or a server is being tried out.
    Q_PROPERTY(bool connecting READ connecting NOTIFY connectionChanged)
    /// What came of it: a sentence, empty before. `failed` tells which kind.
    Q_PROPERTY(QString message READ message NOTIFY connectionChanged)
    Q_PROPERTY(QString hint READ hint NOTIFY connectionChanged)
    Q_PROPERTY(bool failed READ failed NOTIFY connectionChanged)
    /// The trial failed, but what was tried could be saved all the same.
    Q_PROPERTY(bool canSaveAnyway READ canSaveAnyway NOTIFY connectionChanged)
    /// What the first chat will ask, "playground/echo" or "openai/gpt-…"; empty = not chosen.
    Q_PROPERTY(QString model READ model NOTIFY connectionChanged)
public:
    FirstRun(EngineBridge& bridge, Settings& settings, ProvidersController& providers, QObject* parent = nullptr);

    /// The core is there. `playgroundOnly`: the program was started to show the playground; nothing is asked then.
    void begin(bool playgroundOnly);

    /// Shows a step, whatever has been; -1 shows none. For pictures.
    void show(int step);

    bool needed() const { return m_needed; }
    int step() const { return m_step; }
    bool searching() const { return m_searching; }
    QVariantList localServers() const { return m_localServers; }
    bool playgroundAvailable() const { return m_playground; }
    int providerCount() const;
    bool canSaveAnyway() const { return m_failed && !m_draft.isEmpty(); }
    bool connecting() const { return m_connecting; }
    QString message() const { return m_message; }
    QString hint() const { return m_hint; }
    bool failed() const { return m_failed; }
    QString model() const { return m_model; }

    Q_INVOKABLE void next();
    Q_INVOKABLE void back();
    /// Leaves everything as it is and opens the chat.
    Q_INVOKABLE void skipAll();
    /// Saves the vendor with this key, after a real call with it has answered; goes on to step 2.
    Q_INVOKABLE void useKey(const QString& vendor, const QString& key);
    /// The same for one of localServers.
    Q_INVOKABLE void useLocalServer(int index);
    Q_INVOKABLE void usePlayground();
    /// After a failed trial: the vendor may be down, or the network.
    Q_INVOKABLE void saveAnyway();
    /// Ends the first run; a prompt that is not empty is to be sent in a new chat.
    Q_INVOKABLE void finish(const QString& prompt);

Q_SIGNALS:
    void neededChanged();
    void stepChanged();
    void localServersChanged();
    void connectionChanged();
    /// The person is through. Send `prompt` in a new chat, unless it is empty.
    void finished(const QString& prompt);

private:
    void search();
    void setStep(int step);
    void connectTo(const QVariantMap& draft);
    void chooseModel(const QString& model);
    void onSaved(const QString& id);
    void onTested(const QString& id, bool ok, const QString& text, const QString& hint);
    void report(const QString& message, const QString& hint, bool failed);

    EngineBridge& m_bridge;
    Settings& m_settings;
    ProvidersController& m_providers;
    QVariantMap m_draft; // what is being tried out
    QVariantList m_localServers;
    QString m_message;
    QString m_hint;
    QString m_model;
    int m_step = 0;
    bool m_needed = false;
    bool m_searching = false;
    bool m_playground = false;
    bool m_connecting = false;
    bool m_failed = false;
};

} // namespace patchbay
