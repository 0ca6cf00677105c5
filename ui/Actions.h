// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Commands.h"

#include <QAction>

#include <array>
#include <span>
#include <vector>

class QMainWindow;
class QMenuBar;
class QToolBar;

namespace layerpool {

enum class ActionId {
    OpenList,
    NewList,
    OpenPool,
    OpenBundle,
    Import,
    NewPool,
    SaveList,
    SaveListAs,
    OpenRecent,
    CloseList,
    SignIn,
    OpenSettings,
    Quit,
    Undo,
    Redo,
    Paste,
    CheckList,
    NextList,
    PreviousList,
    Convert,
    Select,
    Tar,
    Export,
    Push,
    Verify,
    Serve,
    RefreshPool,
    UntickAll,
    ExportTicks,
    WriteInventory,
    CancelTasks,
    GettingStarted,
    Shortcuts,
    About,
};
inline constexpr std::size_t actionCount = std::size_t(ActionId::About) + 1;

/// What others bring to the menus.
struct MenuExtras
{
    QList<QAction *> view;    ///< what the window shows and hides, for a menu of their own
    QList<QAction *> editing; ///< what edits a list's lines
    QList<QAction *> tasks;   ///< what is done with single tasks
};

/// The window's actions, made of a table: words, icon, shortcut, what it does and why it can't be done now.
class Actions final : public QObject
{
    Q_OBJECT

public:
    /// The commands must outlive the actions.
    explicit Actions(Commands &commands, QObject *parent = nullptr);

    QAction *at(ActionId id) const { return m_actions[std::size_t(id)]; }
    void fillMenus(QMenuBar &bar, const MenuExtras &extras) const;
    void fillToolBar(QToolBar &bar) const;
    /// Enables what can be done now; the others say in their tooltips why they can't.
    void refresh();

Q_SIGNALS:
    /// One of them is going to be carried out.
    void aboutToRun();

private:
    struct Spec;
    struct MenuSpec;
    static std::span<const Spec> specs();
    static const std::vector<MenuSpec> &menus();

    Commands &m_commands;
    std::array<QAction *, actionCount> m_actions{};
};

} // namespace layerpool
