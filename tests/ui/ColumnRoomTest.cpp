// SPDX-License-Identifier: Apache-2.0
#include "views/ColumnRoom.h"

#include "Gestures.h"

#include <QMenu>
#include <QScrollBar>
#include <QTimer>
#include <QTreeWidget>

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

// Columns: the main one, one of 100, and two of 80 that can be done without; the main one wants 200.
class ColumnRoomTest : public testing::Test
{
protected:
    void SetUp() override
    {
        m_columns = fill(m_view);
        m_view.resize(600, 200);
        m_view.show();
        ASSERT_NO_FATAL_FAILURE(bringToFront(&m_view));
    }
    static ColumnRoom *fill(QTreeWidget &view)
    {
        view.setHeaderLabels({u"Name"_s, u"Size"_s, u"Note"_s, u"Parts"_s});
        new QTreeWidgetItem(&view, {u"a"_s});
        view.header()->resizeSection(1, 100);
        auto *columns = new ColumnRoom(view.header(), 0, 200, {{2, 80}, {3, 80}});
        columns->offerIn(&view);
        return columns;
    }
    static QMenu *openMenu()
    {
        EXPECT_TRUE(QTest::qWaitFor([] { return QApplication::activePopupWidget() != nullptr; }));
        return qobject_cast<QMenu *>(QApplication::activePopupWidget());
    }
    /// As the mouse does it: in the menu of the header.
    void choose(const QString &entry)
    {
        QTest::mouseClick(m_view.windowHandle(), Qt::RightButton, {},
                          m_view.header()->mapTo(&m_view, QPoint(20, 5)));
        QMenu *menu = openMenu();
        ASSERT_TRUE(menu);
        for (QAction *action : menu->actions()) {
            if (action->text().remove(u'&') == entry) {
                QTest::mouseClick(menu->windowHandle(), Qt::LeftButton, {},
                                  menu->actionGeometry(action).center());
                return;
            }
        }
        FAIL() << "no " << entry.toStdString();
    }
    bool scrolls() const { return m_view.horizontalScrollBar()->maximum() > 0; }
    void widen(int width)
    {
        m_view.resize(width + m_view.frameWidth() * 2, 200);
        ASSERT_TRUE(QTest::qWaitFor([&] { return m_view.header()->width() == width; }));
    }
    bool isShown(int section) const { return !m_view.header()->isSectionHidden(section); }

    QTreeWidget m_view;
    ColumnRoom *m_columns = nullptr; ///< the header's
};

TEST_F(ColumnRoomTest, AKeptStateOfOtherModesLeavesTheMainColumnItsRoom)
{
    QTreeWidget earlier;
    const ColumnRoom *columns = fill(earlier);
    earlier.header()->setSectionResizeMode(2, QHeaderView::Stretch);
    m_columns->restore(columns->save());
    EXPECT_EQ(m_view.header()->sectionResizeMode(0), QHeaderView::Stretch);
    EXPECT_EQ(m_view.header()->sectionResizeMode(2), QHeaderView::Interactive);
    EXPECT_FALSE(m_view.header()->stretchLastSection());
}

TEST_F(ColumnRoomTest, WhatCanBeDoneWithoutGoesInItsOrderAndComesBack)
{
    widen(460);
    EXPECT_TRUE(isShown(2) && isShown(3));
    EXPECT_EQ(m_view.header()->sectionSize(0), 200);
    widen(459);
    EXPECT_FALSE(isShown(2));
    EXPECT_TRUE(isShown(3));
    widen(300);
    EXPECT_FALSE(isShown(2) || isShown(3));
    EXPECT_EQ(m_view.header()->sectionSize(0), 200);
    widen(460);
    EXPECT_TRUE(isShown(2) && isShown(3));
}

TEST_F(ColumnRoomTest, AColumnThatFitsWhatItHoldsTakesRoomFromOthers)
{
    m_view.header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    widen(460);
    ASSERT_TRUE(QTest::qWaitFor([this] { return isShown(2) && m_view.header()->sectionSize(1) < 100; }));
    m_view.topLevelItem(0)->setText(1, QString(30, u'x'));
    EXPECT_TRUE(QTest::qWaitFor([this] { return !isShown(2); }));
    EXPECT_GE(m_view.header()->sectionSize(0), 200);
    m_view.topLevelItem(0)->setText(1, {});
    EXPECT_TRUE(QTest::qWaitFor([this] { return isShown(2); }));
}

TEST_F(ColumnRoomTest, AWidthThatTheUserChoseIsKept)
{
    m_view.header()->resizeSection(2, 120);
    widen(460);
    EXPECT_FALSE(isShown(2)) << "it wants 120 now";
    widen(500);
    EXPECT_TRUE(isShown(2));
    EXPECT_EQ(m_view.header()->sectionSize(2), 120);
}

TEST_F(ColumnRoomTest, WhatIsChosenByHandStaysInAnyRoom)
{
    widen(300);
    EXPECT_FALSE(scrolls());
    ASSERT_NO_FATAL_FAILURE(choose(u"Note"_s));
    EXPECT_TRUE(isShown(2));
    EXPECT_FALSE(isShown(3)) << "nobody asked for it";
    EXPECT_EQ(m_view.header()->sectionSize(0), 200) << "the main column stays readable";
    EXPECT_TRUE(scrolls());
    widen(600);
    EXPECT_FALSE(scrolls());
    EXPECT_EQ(m_view.header()->sectionSize(0), 600 - 100 - 2 * 80) << "it takes what is left again";
    ASSERT_NO_FATAL_FAILURE(choose(u"Size"_s));
    EXPECT_FALSE(isShown(1)) << "what has room can be hidden";
    ASSERT_NO_FATAL_FAILURE(choose(u"As many as fit"_s));
    EXPECT_TRUE(isShown(1));
    widen(300);
    EXPECT_FALSE(isShown(2)) << "no longer by hand";
}

TEST_F(ColumnRoomTest, WhatIsChosenIsKept)
{
    widen(300);
    ASSERT_NO_FATAL_FAILURE(choose(u"Note"_s));
    ASSERT_NO_FATAL_FAILURE(choose(u"Size"_s));
    m_view.header()->resizeSection(2, 120);
    QTreeWidget next;
    ColumnRoom *columns = fill(next);
    columns->restore(m_columns->save());
    next.resize(200, 200);
    next.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&next));
    EXPECT_FALSE(next.header()->isSectionHidden(2));
    EXPECT_EQ(next.header()->sectionSize(2), 120);
    EXPECT_TRUE(next.header()->isSectionHidden(1));
    EXPECT_TRUE(next.header()->isSectionHidden(3));
}

TEST_F(ColumnRoomTest, TheViewsOwnMenuOffersThemToTheKeyboard)
{
    widen(300);
    m_view.setCurrentItem(m_view.topLevelItem(0));
    m_view.setFocus();
    const QPoint middle = m_view.viewport()->rect().center();
    QContextMenuEvent asked(QContextMenuEvent::Keyboard, middle, m_view.viewport()->mapToGlobal(middle));
    QTimer::singleShot(0, &m_view, [] { // the view's menu waits for its answer
        press(Qt::Key_Down);            // Columns
        press(Qt::Key_Right);
        press(Qt::Key_Down); // after Size: Note
        press(Qt::Key_Return);
    });
    QApplication::sendEvent(m_view.viewport(), &asked);
    EXPECT_TRUE(isShown(2));
}

} // namespace
} // namespace layerpool::test
