// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Gestures.h"
#include "MainWindow.h"
#include "UiTest.h"
#include "settings/Settings.h"
#include "support/Logins.h"

#include <QDialog>
#include <QLabel>
#include <QTreeView>

namespace layerpool::test {

/// The whole window, without the logins and settings of whoever runs the test, and the dialogs beside it.
class WindowTest : public UiTest
{
protected:
    void SetUp() override
    {
        m_window.show();
        ASSERT_NO_FATAL_FAILURE(bringToFront(&m_window));
    }

    /// Null where none of that name is shown.
    static QDialog *shown(const QString &name)
    {
        for (QWidget *widget : QApplication::topLevelWidgets()) {
            if (widget->objectName() == name && widget->isVisible()) {
                return qobject_cast<QDialog *>(widget);
            }
        }
        return nullptr;
    }
    template <typename Widget = QWidget>
    static Widget *in(const QString &dialog, const QString &name)
    {
        return shown(dialog) ? shown(dialog)->findChild<Widget *>(name) : nullptr;
    }
    template <typename Widget = QWidget>
    static Widget *inPlan(const QString &name)
    {
        return in<Widget>(QStringLiteral("planDialog"), name);
    }
    static QString textIn(const QString &dialog, const QString &label)
    {
        const auto *found = in<QLabel>(dialog, label);
        return found ? found->text() : QString();
    }
    static void waitFor(const QString &dialog)
    {
        ASSERT_TRUE(soon([&] { return shown(dialog) != nullptr; })) << dialog.toStdString();
        ASSERT_NO_FATAL_FAILURE(waitForFront(shown(dialog)));
    }

    QString folder(const QString &name) const
    {
        EXPECT_TRUE(QDir().mkpath(path(name)));
        return path(name);
    }
    /// The pool is shown with all that is known of it: rows of its names alone are to be replaced yet.
    void waitForWholePool(int repositories)
    {
        const QAbstractItemModel &rows =
            *m_window.findChild<QTreeView *>(QStringLiteral("poolTree"))->model();
        ASSERT_TRUE(soon([&] {
            return m_workspace.pool() && !m_workspace.isReadingPool() && rows.rowCount() == repositories &&
                   rows.hasChildren(rows.index(0, 0, rows.index(0, 0)));
        }));
    }
    void openPoolAndList(const QStringList &images, const QByteArray &list)
    {
        ASSERT_NO_FATAL_FAILURE(dropFiles(
            &m_window, {makePool(QStringLiteral("pool"), images), writeList(QStringLiteral("a.txt"), list)}));
        ASSERT_TRUE(soon([this] { return m_workspace.pool() && m_workspace.list(); }));
        ASSERT_TRUE(soon([this] { return m_workspace.list()->isCompared(); }));
        const auto *tree = m_window.findChild<QTreeView *>(QStringLiteral("poolTree"));
        ASSERT_TRUE(soon([&] { return images.isEmpty() || tree->model()->rowCount() > 0; }));
    }
    /// `verb`: the button's name without "Button".
    void openPlan(const QString &verb)
    {
        ASSERT_NO_FATAL_FAILURE(click(m_window.findChild<QWidget *>(verb + QLatin1String("Button"))));
        waitFor(QStringLiteral("planDialog"));
    }
    /// From the page of a bundle that is dropped, or was opened, to the plan of its import.
    static void importFromPage()
    {
        const QString page = QStringLiteral("bundleDialog");
        const QString button = QStringLiteral("bundleImportButton");
        ASSERT_NO_FATAL_FAILURE(waitFor(page));
        ASSERT_TRUE(soon([&] { return in(page, button) && in(page, button)->isVisible(); }))
            << textIn(page, QStringLiteral("bundleProblem")).toStdString();
        ASSERT_NO_FATAL_FAILURE(click(in(page, button)));
        waitFor(QStringLiteral("planDialog"));
    }
    static bool canStart()
    {
        const auto *start = inPlan(QStringLiteral("planStartButton"));
        return start && start->isEnabled();
    }
    /// Waits for the plan, starts it, and waits for the task's end.
    void start()
    {
        ASSERT_TRUE(soon([] { return canStart(); }))
            << textIn(QStringLiteral("planDialog"), QStringLiteral("planMessage")).toStdString();
        ASSERT_NO_FATAL_FAILURE(click(inPlan(QStringLiteral("planStartButton"))));
        ASSERT_TRUE(soon([this] { return !m_workspace.queue().hasWork() && !m_workspace.isReadingPool(); }));
    }

    LoginHome m_home;
    std::shared_ptr<FakeKeyring> m_keyring = std::make_shared<FakeKeyring>();
    Workspace m_workspace{m_keyring};
    AnsweringDialogs m_dialogs;
    Settings m_settings{path(QStringLiteral("settings.ini"))};
    MainWindow m_window{m_workspace, m_dialogs, m_settings};
};

} // namespace layerpool::test
