// SPDX-License-Identifier: Apache-2.0
#include "views/CopyActions.h"

#include "Icons.h"
#include "base/Text.h"
#include "models/Roles.h"
#include "serve/PullCommands.h"
#include "work/Workspace.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QItemSelectionModel>
#include <QVarLengthArray>

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

namespace layerpool {
namespace {

QString textOf(const QModelIndex &row, int role)
{
    const QString text = row.data(role).toString();
    // A layer has no reference: its digest is what names it.
    return text.isEmpty() && role == ReferenceRole ? row.data(DigestRole).toString() : text;
}

using TextOf = std::function<QString(const QModelIndex &row)>;

// As they stand below one another, also where they hang from different rows.
QModelIndexList inOrder(const QModelIndexList &rows)
{
    std::vector<std::pair<QVarLengthArray<int, 6>, QModelIndex>> placed;
    placed.reserve(std::size_t(rows.size()));
    for (const QModelIndex &row : rows) {
        QVarLengthArray<int, 6> place;
        for (QModelIndex index = row; index.isValid(); index = index.parent()) {
            place.push_back(index.row());
        }
        std::reverse(place.begin(), place.end());
        placed.emplace_back(std::move(place), row);
    }
    std::sort(placed.begin(), placed.end());
    QModelIndexList sorted;
    for (const auto &[place, row] : placed) {
        sorted.append(row);
    }
    return sorted;
}

void copyRows(const QAbstractItemView *view, const TextOf &textOf)
{
    QStringList texts;
    for (const QModelIndex &row : inOrder(view->selectionModel()->selectedRows())) {
        if (const QString text = textOf(row); !text.isEmpty()) {
            texts.append(text);
        }
    }
    if (!texts.isEmpty()) {
        QGuiApplication::clipboard()->setText(texts.join(QLatin1Char('\n')));
    }
}

QAction *addAction(QAbstractItemView *view, const QString &text, const QKeySequence &shortcut, TextOf textOf)
{
    auto *action = new QAction(themedIcon(QStringLiteral("copy")), text, view);
    action->setShortcut(shortcut);
    action->setShortcutContext(Qt::WidgetShortcut);
    QObject::connect(action, &QAction::triggered, view,
                     [view, textOf = std::move(textOf)] { copyRows(view, textOf); });
    view->addAction(action);
    view->setContextMenuPolicy(Qt::ActionsContextMenu);
    return action;
}

QString pullLines(const QString &images, const QString &host)
{
    QStringList lines;
    for (const QString &image : images.split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        lines << pullCommand(PullTool::Docker, host, image);
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace

QAction *addCopyAction(QAbstractItemView *view, const QString &text, const QKeySequence &shortcut, int role)
{
    return addAction(view, text, shortcut, [role](const QModelIndex &row) { return textOf(row, role); });
}

void addCopyActions(QAbstractItemView *view)
{
    addCopyAction(view, Text::tr("&Copy reference"), QKeySequence::Copy, ReferenceRole);
    addCopyAction(view, Text::tr("Copy &digest"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D), DigestRole);
}

void addPullAction(QAbstractItemView *view, Workspace &workspace)
{
    QAction *action = addAction(
        view, Text::tr("Copy docker &pull line"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L),
        [&workspace](const QModelIndex &row) {
            const PoolServer &server = workspace.server();
            const bool isServed = workspace.pool() && server.poolPath() == workspace.pool()->path();
            return pullLines(row.data(ImagesRole).toString(), isServed ? server.address() : QString());
        });
    action->setObjectName(QStringLiteral("copyPullAction"));
}

} // namespace layerpool
