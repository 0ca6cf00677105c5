// SPDX-License-Identifier: Apache-2.0
#include "views/tasks/TaskActions.h"

#include "Icons.h"
#include "views/tasks/TaskDeeds.h"
#include "views/tasks/TaskTree.h"

namespace layerpool {

struct TaskActions::Spec
{
    const char *name; ///< objectName without "Action"
    const char *text;
    const char *icon;
    const char *shortcut;
    bool isOfTree; ///< its shortcut counts only in the tree
    const char *statusTip;
    void (*run)(TaskDeeds &deeds);
    TaskDeeds::Deed deed;
};

std::span<const TaskActions::Spec> TaskActions::specs()
{
    static constexpr Spec table[] = {
        {"pauseTask", QT_TR_NOOP("&Pause"), "pause", "F7", false,
         QT_TR_NOOP("Stop the chosen tasks for now; what was fetched is kept"),
         [](TaskDeeds &deeds) { deeds.pauseChosen(); }, TaskDeeds::Deed::Pause},
        {"resumeTask", QT_TR_NOOP("&Resume"), "running", "F8", false,
         QT_TR_NOOP("Let the chosen tasks go on from where they were"),
         [](TaskDeeds &deeds) { deeds.resumeChosen(); }, TaskDeeds::Deed::Resume},
        {"cancelTask", QT_TR_NOOP("Ca&ncel or clear"), "cancel", "Del", true,
         QT_TR_NOOP("Cancel the chosen tasks; of those that are over, the rows go"),
         [](TaskDeeds &deeds) { deeds.cancelChosen(); }, TaskDeeds::Deed::Cancel},
        {"moveTaskUp", QT_TR_NOOP("Move &up"), "up", "Alt+Up", true,
         QT_TR_NOOP("Let the chosen tasks take their turn earlier"),
         [](TaskDeeds &deeds) { deeds.moveChosen(-1); }, TaskDeeds::Deed::Move},
        {"moveTaskDown", QT_TR_NOOP("Move do&wn"), "down", "Alt+Down", true,
         QT_TR_NOOP("Let the chosen tasks take their turn later"),
         [](TaskDeeds &deeds) { deeds.moveChosen(1); }, TaskDeeds::Deed::Move},
        {"retryTask", QT_TR_NOOP("Re&try failed…"), "retry", "Ctrl+R", true,
         QT_TR_NOOP("Make a plan for what failed: of a task, or of the chosen images"),
         [](TaskDeeds &deeds) { deeds.retryChosen(); }, TaskDeeds::Deed::Retry},
        {"showTask", QT_TR_NOOP("&Details"), "info", "", true,
         QT_TR_NOOP("Show what the chosen tasks have done, and what went wrong"),
         [](TaskDeeds &deeds) { deeds.showChosen(); }, TaskDeeds::Deed::Show},
        {"showFolder", QT_TR_NOOP("Show in fo&lder"), "folder", "Ctrl+Shift+F", true,
         QT_TR_NOOP("Show in its folder what the chosen tasks have made"),
         [](TaskDeeds &deeds) { deeds.showFoldersOfChosen(); }, TaskDeeds::Deed::ShowFolder},
        {"openReport", QT_TR_NOOP("&Open report"), "list", "Ctrl+Shift+R", true,
         QT_TR_NOOP("Open the reports of the bundles that the chosen tasks have made"),
         [](TaskDeeds &deeds) { deeds.openReportsOfChosen(); }, TaskDeeds::Deed::OpenReport},
    };
    return table;
}

TaskActions::TaskActions(TaskTree &tree, QObject *parent) : QObject(parent), m_tree(tree)
{
    for (const Spec &spec : specs()) {
        auto *action = new QAction(themedIcon(QString::fromLatin1(spec.icon)), tr(spec.text), this);
        action->setObjectName(QString::fromLatin1(spec.name) + QLatin1String("Action"));
        action->setShortcut(QKeySequence(QString::fromLatin1(spec.shortcut), QKeySequence::PortableText));
        action->setShortcutContext(spec.isOfTree ? Qt::WidgetShortcut : Qt::WindowShortcut);
        action->setStatusTip(tr(spec.statusTip));
        action->setToolTip(tr(spec.statusTip));
        connect(action, &QAction::triggered, &tree, [&tree, run = spec.run] { run(tree.deeds()); });
        tree.addAction(action);
        m_actions.append(action);
    }
    connect(&tree, &TaskTree::chosenChanged, this, &TaskActions::refresh);
    refresh();
}

void TaskActions::refresh()
{
    const TaskDeeds::Deeds possible = m_tree.deeds().possible();
    for (qsizetype i = 0; i < m_actions.size(); ++i) {
        m_actions[i]->setEnabled(possible.testFlag(specs()[std::size_t(i)].deed));
    }
}

} // namespace layerpool
