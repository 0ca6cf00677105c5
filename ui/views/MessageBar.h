// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Error.h"

#include <QFrame>
#include <QLabel>

namespace layerpool {

/// A line on top of the window for what went wrong, in its three parts. It stays until it is closed or the
/// next one takes its place; nothing waits for it.
class MessageBar final : public QFrame
{
    Q_OBJECT

public:
    explicit MessageBar(QWidget *parent = nullptr);

    void showError(const Error &error);
    void showNote(const QString &text);
    QString text() const { return m_text->text(); }

protected:
    void changeEvent(QEvent *event) override;

private:
    void show(const QString &iconName, const QString &text);
    void drawIcon();

    QString m_iconName;
    QLabel *m_icon;
    QLabel *m_text;
};

} // namespace layerpool
