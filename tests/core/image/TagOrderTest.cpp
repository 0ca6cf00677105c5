// SPDX-License-Identifier: Apache-2.0
#include "image/TagOrder.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

TEST(TagOrderTest, NumbersCountAsNumbers)
{
    const QStringList ordered{
        u"1"_s,      u"1.9"_s,        u"1.10"_s,        u"1.10-alpine"_s, u"2"_s,
        u"latest"_s, u"v1.9.0-rc1"_s, u"v1.9.0-rc10"_s, u"v1.10.0"_s,     u"v18446744073709551617"_s};
    QStringList tags = ordered;
    do {
        std::reverse(tags.begin(), tags.end());
        std::rotate(tags.begin(), tags.begin() + 3, tags.end());
        QStringList sorted = tags;
        std::sort(sorted.begin(), sorted.end(), comesBefore);
        ASSERT_EQ(sorted, ordered);
    } while (tags != ordered);
}

TEST(TagOrderTest, NoTwoTagsAreEqual)
{
    EXPECT_NE(comesBefore(u"v01", u"v1"), comesBefore(u"v1", u"v01"));
    EXPECT_NE(comesBefore(u"1.0", u"1.00"), comesBefore(u"1.00", u"1.0"));
    EXPECT_FALSE(comesBefore(u"1.0", u"1.0"));
}

} // namespace
} // namespace layerpool::test
