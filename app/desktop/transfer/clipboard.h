// Copying what was said, in as many forms as other programs take, and pasting without formatting. In QML it is the
// singleton Clipboard: `Clipboard.copyText(block.code)`.
#pragma once

#include <memory>

#include <QMimeData>
#include <QObject>
#include <QString>
#include <QtQml/qqmlregistration.h>

namespace patchbay {

class Clipboard : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
public:
    explicit Clipboard(QObject* parent = nullptr) : QObject(parent) {}

    /// As it is: code, an error, a link.
    Q_INVOKABLE void copyText(const QString& text);
    /// The Markdown itself (text/plain and text/markdown).
    Q_INVOKABLE void copyMarkdown(const QString& markdown);
    /// For word processors and mail (text/html), with its plain text and its Markdown beside it.
    Q_INVOKABLE void copyRich(const QString& markdown);
    /// Its words without Markdown's signs.
    Q_INVOKABLE void copyPlain(const QString& markdown);
    /// `as` is "markdown", "rich" or "text"; anything else is Markdown.
    Q_INVOKABLE void copyAs(const QString& as, const QString& markdown);

    /// What is there as plain text: its own plain text, else that of its HTML, else the addresses of copied files.
    Q_INVOKABLE QString text() const;
    Q_INVOKABLE bool hasText() const;

    static std::unique_ptr<QMimeData> mimeData(const QString& as, const QString& markdown);
    static QString textOf(const QMimeData& data);
};

} // namespace patchbay
