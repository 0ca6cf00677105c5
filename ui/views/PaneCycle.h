// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHash>
#include <QPointer>
#include <QWidget>

namespace layerpool {

/// F6 takes the keyboard to the next pane of a window, Shift+F6 to the one before; in each to where it was
/// last.
class PaneCycle final : public QObject
{
    Q_OBJECT

public:
    /// In the order in which they are read. The window owns it.
    PaneCycle(QList<QWidget *> panes, QWidget *window);

private:
    void remember(QWidget *focused);
    void go(int step);
    int paneOf(const QWidget *widget) const;
    QWidget *entryOf(QWidget *pane) const;

    QList<QWidget *> m_panes;
    QHash<QWidget *, QPointer<QWidget>> m_last;
};

} // namespace layerpool
