// SPDX-License-Identifier: Apache-2.0
#include "views/CopyActions.h"

#include "Icons.h"
#include "base/Text.h"
#include "models/Roles.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QItemSelectionModel>

namespace layerpool {
namespace {

QString textOf(const QModelIndex &row, int role)
{
    const QString text = row.data(role).toString();
    // A layer has no reference: its digest is what names it.
    return text.isEmpty() && role == ReferenceRole ? row.data(DigestRole).toString() : text;
}

void copyRows(const QAbstractItemView *view, int role)
{
    QModelIndexList rows = view->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    QStringList texts;
    for (const QModelIndex &row : rows) {
        if (const QString text = textOf(row, role); !text.isEmpty()) {
            texts.append(text);
        }
    }
    if (!texts.isEmpty()) {
        QGuiApplication::clipboard()->setText(texts.join(QLatin1Char('\n')));
    }
}

} // namespace

QAction *addCopyAction(QAbstractItemView *view, const QString &text, const QKeySequence &shortcut, int role)
{
    auto *action = new QAction(themedIcon(QStringLiteral("copy")), text, view);
    action->setShortcut(shortcut);
    action->setShortcutContext(Qt::WidgetShortcut);
    QObject::connect(action, &QAction::triggered, view, [view, role] { copyRows(view, role); });
    view->addAction(action);
    view->setContextMenuPolicy(Qt::ActionsContextMenu);
    return action;
}

void addCopyActions(QAbstractItemView *view)
{
    addCopyAction(view, Text::tr("&Copy reference"), QKeySequence::Copy, ReferenceRole);
    addCopyAction(view, Text::tr("Copy &digest"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D), DigestRole);
}

} // namespace layerpool
