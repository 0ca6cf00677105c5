// SPDX-License-Identifier: Apache-2.0
#include "Accessibility.h"

#include <QAccessible>
#include <QScrollArea>

namespace layerpool::test {
namespace {

TEST(Accessibility, AScreenReaderMayAskAScrollAreaForAChildThatHasGone)
{
    makeScrollAreasSafeToAsk();
    QScrollArea area;
    auto *page = new QWidget;
    page->setMinimumSize(1000, 1000);
    area.setWidget(page);
    area.resize(100, 100);
    area.show();
    QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(&area);
    ASSERT_TRUE(accessible);
    const int count = accessible->childCount();
    EXPECT_GT(count, 1) << "the page, and what scrolls it";
    EXPECT_EQ(accessible->child(count), nullptr);
    EXPECT_EQ(accessible->child(-1), nullptr);
    for (int i = 0; i < count; ++i) {
        EXPECT_TRUE(accessible->child(i));
    }
}

} // namespace
} // namespace layerpool::test
