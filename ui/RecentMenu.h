// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QMenu>

namespace layerpool {

class Recent;
class Workspace;

/// File ▸ Open recent: lists, pools, and a way to forget them. What is gone is shown and said to be.
class RecentMenu final : public QMenu
{
    Q_OBJECT

public:
    /// Both must outlive the menu.
    RecentMenu(Recent &recent, Workspace &workspace, QWidget *parent);

private:
    void fill();
    QAction *addEntry(const QString &path, const QString &icon);

    Recent &m_recent;
    Workspace &m_workspace;
};

} // namespace layerpool
