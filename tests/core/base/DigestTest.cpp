// SPDX-License-Identifier: Apache-2.0
#include "base/Digest.h"

#include <set>
#include <unordered_set>

namespace layerpool {
namespace {

using namespace Qt::StringLiterals;

const QByteArray kHex(64, 'a');
const QByteArray kLongHex(128, 'b');

TEST(Digest, ReadsAndWritesBothAlgorithms)
{
    const auto sha256 = Digest::parse("sha256:" + kHex);
    ASSERT_TRUE(sha256);
    EXPECT_EQ(sha256->algorithm(), Digest::Algorithm::Sha256);
    EXPECT_EQ(sha256->algorithmName(), "sha256");
    EXPECT_EQ(sha256->hex(), kHex);
    EXPECT_EQ(sha256->toByteArray(), "sha256:" + kHex);
    EXPECT_EQ(sha256->toString(), QString::fromLatin1("sha256:" + kHex));
    EXPECT_EQ(sha256->shortHex(), u"aaaaaaaaaaaa"_s);
    const auto sha512 = Digest::parse("sha512:" + kLongHex);
    ASSERT_TRUE(sha512);
    EXPECT_EQ(sha512->toByteArray(), "sha512:" + kLongHex);
}

TEST(Digest, TakesNothingThatIsNotExactlyADigest)
{
    for (const QByteArray &text :
         {QByteArray(), QByteArray("sha256:"), "sha256:" + kHex.chopped(1), "sha256:" + kHex + 'a',
          "sha256:" + kHex + '\n', ' ' + QByteArray("sha256:") + kHex, "SHA256:" + kHex,
          "sha256:" + kHex.toUpper(), "sha512:" + kHex, "sha256:" + kLongHex, "sha384:" + QByteArray(96, 'a'),
          "md5:" + QByteArray(32, 'a'), kHex, "sha256:" + kHex.chopped(1) + 'g',
          "sha256:" + kHex.chopped(3) + "../", "sha256:" + kHex.chopped(1) + '\0'}) {
        EXPECT_FALSE(Digest::parse(text)) << text.toStdString();
    }
    // Digits of other scripts are no hex digits.
    EXPECT_FALSE(Digest::parse(u"sha256:"_s + QString(64, QChar(0xFF11))));
    EXPECT_TRUE(Digest::parse(u"sha256:"_s + QString(64, u'1')));
}

TEST(Digest, ANullDigestEqualsNoRealOne)
{
    const Digest null;
    EXPECT_TRUE(null.isNull());
    EXPECT_EQ(null, Digest());
    const auto zeros = Digest::parse("sha256:" + QByteArray(64, '0'));
    ASSERT_TRUE(zeros);
    EXPECT_FALSE(zeros->isNull());
    EXPECT_NE(*zeros, null);
    EXPECT_NE(*zeros, *Digest::parse("sha512:" + QByteArray(128, '0')));
}

TEST(Digest, IsSmallAndKnowsTheLongOnesToo)
{
    EXPECT_LE(sizeof(Digest), 33U) << "a pool has hundreds of thousands of them";
    const Digest a = *Digest::parse("sha512:" + kLongHex);
    const Digest again = *Digest::parse("sha512:" + kLongHex);
    const Digest b = *Digest::parse("sha512:" + QByteArray(127, 'b') + 'c');
    EXPECT_EQ(a, again);
    EXPECT_NE(a, b);
    EXPECT_LT(a, b);
    EXPECT_EQ((std::unordered_set<Digest>{b, a, again}.size()), 2U);
}

TEST(Digest, AreInTheOrderOfTheirDigits)
{
    const Digest low = *Digest::parse("sha256:7f" + QByteArray(62, '0'));
    const Digest high = *Digest::parse("sha256:80" + QByteArray(62, '0'));
    EXPECT_LT(low, high);
    EXPECT_LT(high, *Digest::parse("sha512:" + QByteArray(128, '0')));
    EXPECT_LT(Digest(), low);
}

TEST(Digest, ServesAsAKey)
{
    const Digest a = *Digest::parse("sha256:" + kHex);
    const Digest b = *Digest::parse("sha256:" + QByteArray(63, 'a') + 'b');
    EXPECT_LT(a, b);
    EXPECT_EQ((std::set<Digest>{b, a, a}.size()), 2U);
    EXPECT_EQ((std::unordered_set<Digest>{b, a, a}.size()), 2U);
    EXPECT_EQ((QSet<Digest>{b, a, a}.size()), 2);
}

} // namespace
} // namespace layerpool
