// SPDX-License-Identifier: Apache-2.0
#include "image/ReferrerTag.h"

namespace layerpool {
namespace {

using namespace Qt::StringLiterals;

const QString kHex(64, u'a');

TEST(ReferrerTagTest, ReadsTheFallbackTagAndCosigns)
{
    for (const QString &ending : {QString(), u".sig"_s, u".att"_s, u".sbom"_s}) {
        const auto tag = ReferrerTag::parse(u"sha256-"_s + kHex + ending);
        ASSERT_TRUE(tag) << ending.toStdString();
        EXPECT_EQ(tag->subject.toString(), u"sha256:"_s + kHex);
        EXPECT_EQ(tag->ending, ending);
        EXPECT_EQ(tag->toString(), u"sha256-"_s + kHex + ending);
    }
}

TEST(ReferrerTagTest, LeavesOtherTagsAlone)
{
    for (const QString &tag :
         {u"latest"_s, u"sha256-aaaaaaaaaaaa"_s, u"sha256-"_s + kHex + u".exe"_s,
          u"sha256-"_s + kHex.toUpper(), u"sha256-"_s + kHex + u'a', u"xsha256-"_s + kHex}) {
        EXPECT_FALSE(ReferrerTag::isOne(tag)) << tag.toStdString();
    }
}

} // namespace
} // namespace layerpool
