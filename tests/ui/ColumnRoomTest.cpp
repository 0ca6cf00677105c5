// SPDX-License-Identifier: Apache-2.0
#include "views/ColumnRoom.h"

#include <gtest/gtest.h>

#include <QTest>
#include <QTreeWidget>

namespace layerpool::test {
namespace {

// Columns: the main one, one of 100, and two of 80 that can be done without; the main one wants 200.
class ColumnRoomTest : public testing::Test
{
protected:
    void SetUp() override
    {
        m_view.setColumnCount(4);
        m_view.header()->resizeSection(1, 100);
        m_columns = new ColumnRoom(m_view.header(), 0, 200, {{2, 80}, {3, 80}});
        m_view.resize(600, 200);
        m_view.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&m_view));
    }
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
    earlier.setColumnCount(4);
    earlier.header()->setSectionResizeMode(2, QHeaderView::Stretch);
    m_columns->restore(earlier.header()->saveState());
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

TEST_F(ColumnRoomTest, AWidthThatTheUserChoseIsKept)
{
    m_view.header()->resizeSection(2, 120);
    widen(460);
    EXPECT_FALSE(isShown(2)) << "it wants 120 now";
    widen(500);
    EXPECT_TRUE(isShown(2));
    EXPECT_EQ(m_view.header()->sectionSize(2), 120);
}

} // namespace
} // namespace layerpool::test
