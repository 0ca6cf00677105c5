// SPDX-License-Identifier: Apache-2.0
#include "Actions.h"

#include "Icons.h"
#include "Words.h"

#include <QMenuBar>
#include <QToolBar>
#include <QToolButton>

namespace layerpool {
namespace {

QString nameOf(const QAction *action, QLatin1String ending)
{
    return action->objectName().chopped(qsizetype(qstrlen("Action"))) + ending;
}

const std::vector<std::vector<ActionId>> &toolBarGroups()
{
    using enum ActionId;
    static const std::vector<std::vector<ActionId>> groups{
        {OpenList, OpenPool}, {Convert, Select, Tar, Push}, {Verify, Serve}};
    return groups;
}

} // namespace

struct Actions::Spec
{
    ActionId id;
    const char *name; ///< objectName without "Action"
    const char *text;
    const char *icon; ///< may be empty
    const char *shortcut;
    const char *statusTip;
    void (Commands::*run)();               ///< null: it opens a menu
    QString (Commands::*obstacle)() const; ///< null: always possible
};

struct Actions::MenuSpec
{
    const char *title;
    std::vector<std::vector<ActionId>> groups;
};

// Both tables stand in functions of the class, where lupdate knows whose words they are.
std::span<const Actions::Spec> Actions::specs()
{
    static constexpr Spec table[] = {
        {ActionId::OpenList, "openList", QT_TR_NOOP("Open &list…"), "list", "Ctrl+O",
         QT_TR_NOOP("Open a list of images, a text file with one image on each line"), &Commands::openList,
         nullptr},
        {ActionId::NewList, "newList", QT_TR_NOOP("Ne&w list"), "list-new", "Ctrl+T",
         QT_TR_NOOP("Begin an empty list"), &Commands::newList, nullptr},
        {ActionId::OpenPool, "openPool", QT_TR_NOOP("Open &pool…"), "pool", "Ctrl+P",
         QT_TR_NOOP("Open a folder with a registry's storage in it"), &Commands::openPool, nullptr},
        {ActionId::OpenBundle, "openBundle", QT_TR_NOOP("Open &bundle…"), "import", "Ctrl+B; Ctrl+Shift+B",
         QT_TR_NOOP("Show what a bundle holds; import it, check it, or push it from where it lies"),
         &Commands::openBundle, nullptr},
        {ActionId::Import, "import", QT_TR_NOOP("I&mport…"), "", "Ctrl+I",
         QT_TR_NOOP(
             "Take the images of a bundle, of a folder that skopeo left, or of another pool into a pool"),
         &Commands::importImages, nullptr},
        {ActionId::NewPool, "newPool", QT_TR_NOOP("&New pool…"), "pool-new", "Ctrl+N",
         QT_TR_NOOP("Make a pool in an empty folder"), &Commands::newPool, nullptr},
        {ActionId::SaveList, "saveList", QT_TR_NOOP("&Save list"), "save", "Ctrl+S",
         QT_TR_NOOP("Write the list's changes to its file"), &Commands::saveList, &Commands::withoutList},
        {ActionId::SaveListAs, "saveListAs", QT_TR_NOOP("Save list &as…"), "save-as", "",
         QT_TR_NOOP("Write the list to another file"), &Commands::saveListAs, &Commands::withoutList},
        {ActionId::OpenRecent, "openRecent", QT_TR_NOOP("Open &recent"), "waiting", "",
         QT_TR_NOOP("Lists and pools that were open of late"), nullptr, &Commands::withoutRecent},
        {ActionId::CloseList, "closeList", QT_TR_NOOP("&Close list"), "close", "Ctrl+W",
         QT_TR_NOOP("Close the list; its file stays as it is"), &Commands::closeList, &Commands::withoutList},
        {ActionId::SignIn, "signIn", QT_TR_NOOP("Sign &in to a registry…"), "key", "",
         QT_TR_NOOP("Give a name and password for a registry that asks for them"), &Commands::signIn,
         nullptr},
        {ActionId::OpenSettings, "settings", QT_TR_NOOP("&Settings…"), "config", "Ctrl+,",
         QT_TR_NOOP("Proxy, limits, certificates and the registries that are known"), &Commands::openSettings,
         nullptr},
        {ActionId::Quit, "quit", QT_TR_NOOP("&Quit"), "quit", "Ctrl+Q",
         QT_TR_NOOP("Leave Layerpool; what was fetched is kept"), &Commands::quit, nullptr},
        {ActionId::Undo, "undo", QT_TR_NOOP("&Undo"), "undo", "Ctrl+Z",
         QT_TR_NOOP("Take back the last change of the list"), &Commands::undo, &Commands::withoutUndo},
        {ActionId::Redo, "redo", QT_TR_NOOP("&Redo"), "redo", "Ctrl+Shift+Z; Ctrl+Y",
         QT_TR_NOOP("Make the change of the list again that was taken back"), &Commands::redo,
         &Commands::withoutRedo},
        {ActionId::Paste, "paste", QT_TR_NOOP("&Paste as a list"), "paste", "Ctrl+V",
         QT_TR_NOOP("Open the files in the clipboard, or make a list of the images that its text names"),
         &Commands::paste, nullptr},
        {ActionId::CheckList, "checkList", QT_TR_NOOP("Check at the &source"), "check-source", "Ctrl+Shift+K",
         QT_TR_NOOP("Ask the sources whether the list's images are there, and which tags have moved"),
         &Commands::checkList, &Commands::withoutLines},
        {ActionId::NextList, "nextList", QT_TR_NOOP("&Next list"), "next", "Ctrl+PgDown; Ctrl+Tab",
         QT_TR_NOOP("Show the list in the next tab"), &Commands::nextList, &Commands::withoutOtherList},
        {ActionId::PreviousList, "previousList", QT_TR_NOOP("&Previous list"), "previous",
         "Ctrl+PgUp; Ctrl+Shift+Tab", QT_TR_NOOP("Show the list in the tab before"), &Commands::previousList,
         &Commands::withoutOtherList},
        {ActionId::Convert, "convert", QT_TR_NOOP("&Convert…"), "convert", "Ctrl+Shift+C",
         QT_TR_NOOP("Fetch the list's images into the pool"), &Commands::convert,
         &Commands::withoutPoolOrList},
        {ActionId::Select, "select", QT_TR_NOOP("&Select…"), "select", "Ctrl+Shift+S",
         QT_TR_NOOP("Make a small pool of the ticked images or the list, by hard links"), &Commands::select,
         &Commands::withoutImagesToLink},
        {ActionId::Tar, "tar", QT_TR_NOOP("&Tar…"), "tar", "Ctrl+Shift+T",
         QT_TR_NOOP("Pack the ticked images or the list into a bundle"), &Commands::tar,
         &Commands::withoutImages},
        {ActionId::Export, "export", QT_TR_NOOP("Ex&port…"), "export", "Ctrl+Shift+O",
         QT_TR_NOOP("Lay the ticked images or the list out for skopeo and other tools, by hard links"),
         &Commands::exportImages, &Commands::withoutImagesToLink},
        {ActionId::Push, "push", QT_TR_NOOP("P&ush…"), "push", "Ctrl+Shift+P",
         QT_TR_NOOP("Send the ticked images or the list to a registry"), &Commands::push,
         &Commands::withoutImages},
        {ActionId::Verify, "verify", QT_TR_NOOP("&Verify…"), "verify", "Ctrl+Shift+V",
         QT_TR_NOOP("Read every byte of the pool again, or ask a registry for all that the pool has"),
         &Commands::verify, &Commands::withoutPool},
        {ActionId::Serve, "serve", QT_TR_NOOP("S&erve…"), "serve", "Ctrl+Shift+E",
         QT_TR_NOOP("Run this machine's own registry over the pool, read-only, to try it"), &Commands::serve,
         &Commands::withoutServable},
        {ActionId::RefreshPool, "refreshPool", QT_TR_NOOP("&Read again"), "retry", "F5",
         QT_TR_NOOP("Read the pool again, as it is on the disk now"), &Commands::refreshPool,
         &Commands::withoutPool},
        {ActionId::UntickAll, "untickAll", QT_TR_NOOP("U&ntick all"), "clear", "Ctrl+Shift+U",
         QT_TR_NOOP("Untick all images"), &Commands::untickAll, &Commands::withoutTicks},
        {ActionId::ExportTicks, "exportTicks", QT_TR_NOOP("E&xport ticks as a list…"), "list", "Ctrl+Shift+X",
         QT_TR_NOOP("Write the names of the ticked images to a text file"), &Commands::exportTicks,
         &Commands::withoutTicks},
        {ActionId::WriteInventory, "writeInventory", QT_TR_NOOP("Write &inventory…"), "inventory",
         "Ctrl+Shift+I",
         QT_TR_NOOP("Write every digest of the pool to a file, so that a bundle for this side can leave out "
                    "what is here"),
         &Commands::writeInventory, &Commands::withoutImages},
        {ActionId::CancelTasks, "cancelTasks", QT_TR_NOOP("&Cancel all"), "cancel", "Ctrl+.",
         QT_TR_NOOP("Cancel all tasks; what was fetched is kept"), &Commands::cancelTasks,
         &Commands::withoutTasks},
        {ActionId::GettingStarted, "gettingStarted", QT_TR_NOOP("&Getting started"), "help", "F1",
         QT_TR_NOOP("From a list to the far side, in a minute"), &Commands::showGettingStarted, nullptr},
        {ActionId::Shortcuts, "shortcuts", QT_TR_NOOP("&Keyboard shortcuts"), "", "Ctrl+F1",
         QT_TR_NOOP("Every key that the window answers to"), &Commands::showShortcuts, nullptr},
        {ActionId::About, "about", QT_TR_NOOP("&About Layerpool"), "info", "",
         QT_TR_NOOP("The program's version and licence"), &Commands::about, nullptr},
    };
    return table;
}

const std::vector<Actions::MenuSpec> &Actions::menus()
{
    using enum ActionId;
    static const std::vector<MenuSpec> specs{
        {QT_TR_NOOP("&File"),
         {{OpenList, NewList, OpenPool, NewPool, OpenBundle, Import, OpenRecent},
          {SaveList, SaveListAs, CloseList},
          {SignIn},
          {Quit}}},
        {QT_TR_NOOP("&Edit"), {{Undo, Redo}, {Paste}, {OpenSettings}}},
        {QT_TR_NOOP("&List"), {{Convert, CheckList}, {NextList, PreviousList}}},
        {QT_TR_NOOP("&Pool"),
         {{Select, Tar, Export, Push},
          {Verify, Serve, RefreshPool, WriteInventory},
          {ExportTicks, UntickAll}}},
        {QT_TR_NOOP("&Tasks"), {{CancelTasks}}},
        {QT_TR_NOOP("&Help"), {{GettingStarted, Shortcuts}, {About}}},
    };
    return specs;
}

Actions::Actions(Commands &commands, QObject *parent) : QObject(parent), m_commands(commands)
{
    for (const Spec &spec : specs()) {
        auto *action = new QAction(tr(spec.text), this);
        if (*spec.icon != '\0') {
            action->setIcon(themedIcon(QString::fromLatin1(spec.icon)));
        }
        action->setObjectName(QString::fromLatin1(spec.name) + QLatin1String("Action"));
        action->setShortcuts(
            QKeySequence::listFromString(QString::fromLatin1(spec.shortcut), QKeySequence::PortableText));
        action->setStatusTip(tr(spec.statusTip));
        action->setIconText(withoutMnemonic(tr(spec.text)).remove(QChar(u'…')));
        if (spec.run != nullptr) {
            connect(action, &QAction::triggered, &commands, [this, &commands, run = spec.run] {
                Q_EMIT aboutToRun();
                (commands.*run)();
            });
        }
        m_actions[std::size_t(spec.id)] = action;
    }
    refresh();
}

void Actions::refresh()
{
    for (const Spec &spec : specs()) {
        QAction *action = at(spec.id);
        const QString obstacle = spec.obstacle ? (m_commands.*spec.obstacle)() : QString();
        const QString shortcut = action->shortcut().toString(QKeySequence::NativeText);
        const QString tip =
            shortcut.isEmpty()
                ? tr(spec.statusTip)
                : tr("%1 (%2)", "what it does, its shortcut").arg(tr(spec.statusTip), shortcut);
        action->setEnabled(obstacle.isEmpty());
        action->setToolTip(obstacle.isEmpty() ? tip : obstacle);
    }
}

void Actions::fillMenus(QMenuBar &bar, const MenuExtras &extras) const
{
    const auto *edit = &menus()[1];
    const auto *list = &menus()[2];
    for (const MenuSpec &spec : menus()) {
        QMenu *menu = bar.addMenu(tr(spec.title));
        menu->setToolTipsVisible(true);
        if (spec.groups.front().front() == ActionId::CancelTasks) {
            menu->addActions(extras.tasks);
        }
        for (const std::vector<ActionId> &group : spec.groups) {
            if (!menu->isEmpty()) {
                menu->addSeparator();
            }
            for (const ActionId id : group) {
                menu->addAction(at(id));
            }
        }
        if (&spec == list) {
            menu->addSeparator();
            menu->addActions(extras.editing);
        }
        if (&spec == edit) {
            bar.addMenu(tr("&View"))->addActions(extras.view);
        }
    }
}

void Actions::fillToolBar(QToolBar &bar) const
{
    for (const std::vector<ActionId> &group : toolBarGroups()) {
        if (!bar.actions().isEmpty()) {
            bar.addSeparator();
        }
        for (const ActionId id : group) {
            bar.addAction(at(id));
            QWidget *button = bar.widgetForAction(at(id));
            button->setObjectName(nameOf(at(id), QLatin1String("Button")));
            button->setAccessibleName(at(id)->iconText());
            button->setFocusPolicy(Qt::TabFocus);
        }
    }
}

} // namespace layerpool
