// SPDX-License-Identifier: Apache-2.0
#include "RecentMenu.h"

#include "Icons.h"
#include "views/Spacing.h"
#include "work/Recent.h"
#include "work/Workspace.h"

#include <QDir>

namespace layerpool {

RecentMenu::RecentMenu(Recent &recent, Workspace &workspace, QWidget *parent)
    : QMenu(parent), m_recent(recent), m_workspace(workspace)
{
    setObjectName(QStringLiteral("recentMenu"));
    setToolTipsVisible(true);
    connect(this, &QMenu::aboutToShow, &recent, &Recent::look);
    connect(&recent, &Recent::changed, this, &RecentMenu::fill);
    fill();
}

void RecentMenu::fill()
{
    clear();
    addSection(tr("Lists"));
    for (const QString &path : m_recent.lists()) {
        connect(addEntry(path, QStringLiteral("list")), &QAction::triggered, this,
                [this, path] { m_workspace.lists().open({path}); });
    }
    addSection(tr("Pools"));
    for (const QString &path : m_recent.pools()) {
        connect(addEntry(path, QStringLiteral("pool")), &QAction::triggered, this,
                [this, path] { m_workspace.openPool(path); });
    }
    addSeparator();
    QAction *clear = addAction(themedIcon(QStringLiteral("clear")), tr("&Clear", "forget recent things"));
    clear->setObjectName(QStringLiteral("clearRecentAction"));
    connect(clear, &QAction::triggered, &m_recent, &Recent::clear, Qt::QueuedConnection); // fills this anew
}

QAction *RecentMenu::addEntry(const QString &path, const QString &icon)
{
    const bool isMissing = m_recent.isMissing(path);
    QString name =
        fontMetrics().elidedText(QDir::toNativeSeparators(path), Qt::ElideMiddle, textWidth(this, 60));
    name.replace(QLatin1Char('&'), QLatin1String("&&"));
    QAction *action = addAction(
        themedIcon(icon),
        isMissing ? tr("%1 — not there", "a file or folder that was open of late").arg(name) : name);
    action->setEnabled(!isMissing);
    action->setToolTip(QDir::toNativeSeparators(path));
    action->setData(path);
    return action;
}

} // namespace layerpool
