// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Hands.h"
#include "MainWindow.h"
#include "models/ListModel.h"
#include "models/TaskModel.h"
#include "settings/Settings.h"
#include "support/Logins.h"
#include "support/ReleaseLists.h"
#include "ui/Gestures.h"
#include "ui/UiTest.h"

#include <QDialog>
#include <QLabel>
#include <QTableView>

namespace layerpool::test {

/// What a release's list holds, by a look of the test's own at its text.
struct ReleaseLines
{
    QByteArray text;
    QStringList images;   ///< without comments, with repetitions
    QStringList official; ///< those without a team's name
    QString repeated;     ///< the one that stands there twice
    int repeatedLine = 0; ///< where it stands the second time, from 1
    QString word;         ///< that one repository's name alone holds
    QString wordsRepository;
    QString wordsTag;

    int distinct() const { return int(images.size()) - 1; }
};

/// KubeSphere's list, or our own where that does not lie beside the checkout, which is said.
ReleaseLines releaseLines();

/// A journey that is done twice: with the mouse alone, and with the keyboard alone. In the real window with
/// its real dialogs; what has the focus is never set but by what the device did.
class DeviceTest : public UiTest, public testing::WithParamInterface<Device>
{
protected:
    /// A start of the program: a window over the settings that the one before it left.
    void start();
    void quit();

    template <typename Widget = QWidget>
    Widget *find(const QString &name) const
    {
        return m_window->findChild<Widget *>(name);
    }
    QTreeView *tree(const QString &name) const { return find<QTreeView>(name); }
    /// Null where another window is in front.
    template <typename Widget = QWidget>
    static Widget *inDialog(const QString &dialog, const QString &name)
    {
        const QWidget *front = QApplication::activeWindow();
        return front && front->objectName() == dialog ? front->findChild<Widget *>(name) : nullptr;
    }
    template <typename Widget = QWidget>
    static Widget *inPlan(const QString &name)
    {
        return inDialog<Widget>(QStringLiteral("planDialog"), name);
    }
    static void waitForDialog(const QString &name);
    /// By the mouse it is dropped on the window, by the keyboard named in the dialog that an action opens.
    void openFile(const QString &file, const QString &action);

    /// Of the list in front.
    QAbstractItemModel &lines() const { return *find<QTableView>(QStringLiteral("listTable"))->model(); }
    QStringList states() const { return column(lines(), ListModel::State); }

    void openPlan(const QString &action);
    /// Until the plan in front is made, and its button says so much.
    static void waitForPlan(const QString &verb);
    /// And then the window is in front again.
    void startPlan();

    QTreeView *tasks() const { return tree(QStringLiteral("taskTree")); }
    /// The one at work, else the newest.
    QModelIndex task(int column = 0) const { return tasks()->model()->index(0, column); }
    QString state() const { return task(TaskModel::State).data().toString(); }
    /// Until the task is over and has come to this.
    void waitForState(const QString &wanted);
    QAbstractButton *taskButton(const QString &name) const;
    /// By the button in the task's row, or by the keys of the action for it.
    void doWithTask(const QString &button, const QString &action);

    /// With the patience that a whole release needs on a machine that does other things too.
    static bool inTheEnd(const std::function<bool()> &isTrue) { return QTest::qWaitFor(isTrue, 60'000); }
    /// Until all that is shown has been found out: rows that come anew are no longer where they were.
    void waitUntilAtRest();
    /// As a window manager does when a dialog has gone.
    void backToTheWindow() { ASSERT_NO_FATAL_FAILURE(bringToFront(m_window.get())); }
    /// Of what is in front (see keepPicture).
    static void picture(const QString &name);

    bool isByMouse() const { return GetParam() == Device::Mouse; }
    Workspace &workspace() { return *m_workspace; }
    MainWindow &window() { return *m_window; }
    Hands &hands() { return *m_hands; }

    Settings m_settings{path(QStringLiteral("settings.ini"))};

private:
    LoginHome m_home;
    std::unique_ptr<Hands> m_hands = handsAt(GetParam());
    PlatformDialogs m_dialogs;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace layerpool::test
