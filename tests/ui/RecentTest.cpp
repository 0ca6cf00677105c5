// SPDX-License-Identifier: Apache-2.0
#include "AccessibleNames.h"
#include "WindowTest.h"
#include "work/Recent.h"

#include <QAction>
#include <QMenu>
#include <QPushButton>
#include <QTextBrowser>

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

// A start that is not the first: what was open of late is offered, and what is gone is said to be.
class RecentTest : public WindowTest
{
protected:
    RecentTest()
    {
        m_recent.rememberPool(m_gone);
        m_recent.rememberPool(m_pool);
        m_recent.rememberList(m_list);
        m_recent.look();
    }
    QPushButton *link(const QString &name, const QString &tip) const
    {
        for (QPushButton *button : m_window.findChildren<QPushButton *>(name)) {
            if (button->isVisible() && button->toolTip() == tip) {
                return button;
            }
        }
        return nullptr;
    }
    QAction *entry(const QString &path) const
    {
        for (QAction *action : m_window.findChild<QMenu *>(u"recentMenu"_s)->actions()) {
            if (action->data().toString() == path) {
                return action;
            }
        }
        return nullptr;
    }

    const QString m_gone = path(u"gone"_s);
    const QString m_pool = makePool(u"pool"_s, {u"redis:6"_s});
    const QString m_list = writeList(u"release.txt"_s, "redis:6\n");
    Recent &m_recent = m_window.commands().recent();
};

TEST_F(RecentTest, TheFirstPageOpensThemByAClick)
{
    ASSERT_TRUE(soon([this] { return link(u"poolRecentButton"_s, m_gone) && m_recent.isMissing(m_gone); }));
    EXPECT_FALSE(link(u"poolRecentButton"_s, m_gone)->isEnabled());
    EXPECT_TRUE(link(u"poolRecentButton"_s, m_gone)->accessibleName().endsWith(u"not there"_s));
    EXPECT_EQ(namelessWidgets(m_window), QStringList());
    ASSERT_NO_FATAL_FAILURE(click(link(u"poolRecentButton"_s, m_pool)));
    ASSERT_TRUE(soon([this] { return m_workspace.pool() != nullptr; }));
    EXPECT_EQ(m_workspace.pool()->path(), m_pool);
}

TEST_F(RecentTest, TheFirstPageByKeyboard)
{
    ASSERT_NO_FATAL_FAILURE(tabTo(m_window.findChild<QWidget *>(u"welcomeHelpButton"_s)));
    ASSERT_NO_FATAL_FAILURE(tabTo(link(u"listRecentButton"_s, m_list)));
    press(Qt::Key_Return);
    EXPECT_TRUE(soon([this] { return m_workspace.list() != nullptr; }));
}

TEST_F(RecentTest, TheMenuHasThemAndForgetsThem)
{
    ASSERT_TRUE(soon([this] { return m_recent.isMissing(m_gone); }));
    ASSERT_TRUE(entry(m_list) && entry(m_pool) && entry(m_gone));
    EXPECT_FALSE(entry(m_gone)->isEnabled());
    EXPECT_TRUE(entry(m_gone)->text().endsWith(u"not there"_s)) << entry(m_gone)->text().toStdString();
    entry(m_list)->trigger();
    ASSERT_TRUE(soon([this] { return m_workspace.list() != nullptr; }));
    m_window.findChild<QAction *>(u"clearRecentAction"_s)->trigger();
    EXPECT_TRUE(soon([this] { return m_recent.isEmpty() && !entry(m_pool); }));
    EXPECT_FALSE(m_window.findChild<QAction *>(u"openRecentAction"_s)->isEnabled());
}

TEST_F(RecentTest, TheHelpTellsTheJourneyAndTheKeys)
{
    ASSERT_NO_FATAL_FAILURE(click(m_window.findChild<QWidget *>(u"welcomeHelpButton"_s)));
    ASSERT_NO_FATAL_FAILURE(waitFor(u"helpDialog"_s));
    EXPECT_EQ(namelessWidgets(*shown(u"helpDialog"_s)), QStringList());
    EXPECT_TRUE(
        in<QTextBrowser>(u"helpDialog"_s, u"helpBegin"_s)->toPlainText().contains(u"On the far side"_s));
    press(Qt::Key_Escape);
    EXPECT_EQ(shown(u"helpDialog"_s), nullptr);
    ASSERT_NO_FATAL_FAILURE(bringToFront(&m_window));
    press(Qt::Key_F1, Qt::ControlModifier);
    ASSERT_NO_FATAL_FAILURE(waitFor(u"helpDialog"_s));
    auto *keys = in<QTextBrowser>(u"helpDialog"_s, u"helpKeys"_s);
    EXPECT_TRUE(keys->isVisible());
    const QString text = keys->toPlainText();
    for (const QAction *action : m_window.findChildren<QAction *>()) {
        if (!action->shortcut().isEmpty()) {
            EXPECT_TRUE(text.contains(action->shortcut().toString(QKeySequence::NativeText)))
                << action->objectName().toStdString();
        }
    }
    EXPECT_EQ(text.count(u"Copy reference"_s), 1) << "lists and trees have it alike";
}

} // namespace
} // namespace layerpool::test
