// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>
#include <QLabel>

namespace layerpool {

/// A line on top of the window for what earlier sessions have left unfinished, and what to do about it. It
/// stays until it is answered; nothing waits for it.
class LeftoverBar final : public QFrame
{
    Q_OBJECT

public:
    explicit LeftoverBar(QWidget *parent = nullptr);

    /// The titles of the tasks.
    void offer(const QStringList &titles);

Q_SIGNALS:
    void goOnClicked();
    void forgetClicked();

private:
    QLabel *m_icon;
    QLabel *m_text;
};

} // namespace layerpool
