// The providers as a list for the window, and what can be done with them: edit, switch off, test, remove. The work is
// done by the core's ProviderEditor on the engine's thread; keys never come back from there, only "••••4f2a".
#pragma once

#include <memory>
#include <vector>

#include <QAbstractListModel>
#include <QVariantMap>
#include <QtQml/qqmlregistration.h>

#ifndef Q_MOC_RUN
#include <functional>

#include <QCoroTask>

#include "base/async.h"
#include "base/error.h"
#endif

namespace patchbay {

class Composition;
class EngineBridge;
struct ProviderDraft;
struct ProviderOverview;
struct TrialReport;

class ProvidersController : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The program makes the one there is.")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    /// Something is being read or written.
    Q_PROPERTY(bool busy READ busy NOTIFY busyChanged)
    /// Known vendors: {vendor, title, format, baseUrl, keyPage, keyVariable, local}
    Q_PROPERTY(QVariantList presets READ presets CONSTANT)
    /// Formats: {value, title}
    Q_PROPERTY(QVariantList formats READ formats CONSTANT)
    /// Where a new key will be kept, as a sentence.
    Q_PROPERTY(QString newKeyPlace READ newKeyPlace NOTIFY newKeyPlaceChanged)
public:
    enum Role {
        ProviderIdRole = Qt::UserRole + 1,
        LabelRole,
        FormatRole,
        FormatTitleRole,
        VendorRole,
        BaseUrlRole,
        ResolvedUrlRole,
        ProxyRole,
        KeyPlaceRole,
        MaskedKeyRole,
        KeyProblemRole,
        HasKeyRole,
        StatusRole,
        StatusTextRole,
        FromFileRole,
        OriginRole,
        EnabledRole,
        LocalRole,
    };
    Q_ENUM(Role)

    explicit ProvidersController(EngineBridge& bridge, QObject* parent = nullptr);
    ~ProvidersController() override;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    int count() const { return rowCount(); }
    bool busy() const { return m_busy > 0; }
    QVariantList presets() const;
    QVariantList formats() const;
    QString newKeyPlace() const;

    /// Reads the configuration in force; called at the start and after every change.
    Q_INVOKABLE void refresh();
    /// One row as a map by role names; empty when there is none of that id.
    Q_INVOKABLE QVariantMap get(const QString& id) const;
    /// {providerId (empty = new), id, format, vendor, baseUrl, proxy, key (empty = as it is), keyReference
    /// ("env:NAME"), forgetKey, enabled}. Ends with saved or saveFailed.
    Q_INVOKABLE void save(const QVariantMap& draft);
    /// Ends with removed or saveFailed.
    Q_INVOKABLE void remove(const QString& id);
    Q_INVOKABLE void setEnabled(const QString& id, bool enabled);
    /// A real chat call against the draft (as for save, with `model`, which may be empty), saved or not. Ends with
    /// tested. A second test of the same id replaces the first.
    Q_INVOKABLE void test(const QVariantMap& draft);
    Q_INVOKABLE void cancelTest(const QString& id);
    /// The URL a chat call goes to; empty where the address is unusable, see urlProblem.
    Q_INVOKABLE QString resolvedUrlFor(const QString& format, const QString& baseUrl) const;
    /// Empty where the URL is usable.
    Q_INVOKABLE QString urlProblem(const QString& format, const QString& baseUrl) const;
    /// An id that no provider has, made of the vendor's name or the host.
    Q_INVOKABLE QString suggestId(const QString& vendor, const QString& baseUrl) const;
    /// Whether saving this address forgets the stored key, because the host is another one.
    Q_INVOKABLE bool forgetsKey(const QString& id, const QString& baseUrl) const;
    /// The upstream's name of the model that the last good test of this provider asked.
    Q_INVOKABLE QString testedModel(const QString& id) const;
    /// The vendor whose keys look like this one; empty = nobody knows.
    Q_INVOKABLE QString vendorOfKey(const QString& key) const;

Q_SIGNALS:
    void countChanged();
    void busyChanged();
    void newKeyPlaceChanged();
    /// The configuration has changed: other models can be asked.
    void changed();
    /// refresh() has ended.
    void refreshed();
    /// `note` says what happened to the key; may be empty.
    void saved(const QString& id, const QString& note);
    void saveFailed(const QString& id, const QString& message, const QString& hint);
    void removed(const QString& id);
    void tested(const QString& id, bool ok, const QString& text, const QString& hint);

private:
    struct Row;
    struct Tests;
    int rowOf(const QString& id) const;
    void take(std::vector<ProviderOverview> list);
#ifndef Q_MOC_RUN
    QCoro::Task<> reload();
    QCoro::Task<> store(ProviderDraft draft);
    QCoro::Task<> change(QString id, bool removes, std::function<awaitable<Result<void>>(Composition&)> work);
    void onTried(const QString& id, int number, const Result<TrialReport>& report);
#endif
    void setBusy(int step);
    void setStatus(const QString& id, const QString& status, const QString& text);

    EngineBridge& m_bridge;
    std::vector<Row> m_rows;
    std::unique_ptr<Tests> m_tests;
    QString m_vaultFile;
    QString m_lastModel;
    int m_busy = 0;
    bool m_keychain = false;
};

} // namespace patchbay
