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
    OpenPool,
    NewPool,
    OpenRecent,
    CloseList,
    SignIn,
    OpenSettings,
    Quit,
    Convert,
    Select,
    Tar,
    Push,
    Verify,
    Serve,
    RefreshPool,
    UntickAll,
    ExportTicks,
    CancelTasks,
    GettingStarted,
    Shortcuts,
    About,
};
inline constexpr std::size_t actionCount = std::size_t(ActionId::About) + 1;

/// The window's actions, made of a table: words, icon, shortcut, what it does and why it can't be done now.
class Actions final : public QObject
{
    Q_OBJECT

public:
    /// The commands must outlive the actions.
    explicit Actions(Commands &commands, QObject *parent = nullptr);

    QAction *at(ActionId id) const { return m_actions[std::size_t(id)]; }
    /// `view`: what the window shows and hides, for a menu of their own.
    void fillMenus(QMenuBar &bar, const QList<QAction *> &view) const;
    void fillToolBar(QToolBar &bar) const;
    /// Enables what can be done now; the others say in their tooltips why they can't.
    void refresh();

private:
    struct Spec;
    struct MenuSpec;
    static std::span<const Spec> specs();
    static const std::vector<MenuSpec> &menus();

    Commands &m_commands;
    std::array<QAction *, actionCount> m_actions{};
};

} // namespace layerpool
