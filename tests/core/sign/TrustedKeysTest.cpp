// SPDX-License-Identifier: Apache-2.0
#include "sign/TrustedKeys.h"

#include "core/sign/StockKey.h"
#include "sign/SecretKey.h"

#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

class TrustedKeysTest : public testing::Test
{
protected:
    void put(const QString &name, const QByteArray &text) const
    {
        ASSERT_TRUE(QDir().mkpath(m_folder.filePath(u"trusted"_s)));
        QFile file(m_folder.filePath(u"trusted/"_s + name));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    }
    std::size_t count() const
    {
        const auto keys = m_keys.keys();
        EXPECT_TRUE(isOk(keys));
        return keys->size();
    }

    QTemporaryDir m_folder;
    TrustedKeys m_keys{m_folder.filePath(u"trusted"_s)};
};

TEST_F(TrustedKeysTest, KeepsAndForgets)
{
    EXPECT_EQ(count(), 0U) << "there is no folder yet";
    const PublicKey one = SecretKey::generate().publicKey();
    const PublicKey other = SecretKey::generate().publicKey();
    EXPECT_TRUE(isOk(m_keys.add(one)));
    EXPECT_TRUE(isOk(m_keys.add(other)));
    EXPECT_TRUE(isOk(m_keys.add(one))) << "again";
    EXPECT_EQ(count(), 2U);
    EXPECT_TRUE(*m_keys.forget(one.name().toLower()));
    EXPECT_FALSE(*m_keys.forget(one.name()));
    ASSERT_EQ(count(), 1U);
    EXPECT_EQ(m_keys.keys()->front(), other);
}

TEST_F(TrustedKeysTest, FilesMayBePutThereByHand)
{
    put(u"release team.pub"_s, stock::publicKey);
    put(u"notes.txt"_s, "nothing");
    ASSERT_EQ(count(), 1U);
    EXPECT_EQ(m_keys.keys()->front().name(), u"2293CF367D70AD0F"_s);
    EXPECT_TRUE(*m_keys.forget(u"2293CF367D70AD0F"_s));
    EXPECT_EQ(count(), 0U);
}

// Else a damaged file would switch the check off.
TEST_F(TrustedKeysTest, OneThatCannotBeReadIsAnError)
{
    put(u"a.pub"_s, stock::publicKey);
    put(u"b.pub"_s, "damaged");
    const auto keys = m_keys.keys();
    ASSERT_FALSE(keys);
    EXPECT_TRUE(keys.error().what.contains(u"b.pub"_s));
    EXPECT_EQ(keys.error().options, QStringList{u"key forget b.pub"_s});
}

TEST_F(TrustedKeysTest, OneThatCannotBeReadStandsInNobodysWay)
{
    put(u"a.pub"_s, stock::publicKey);
    put(u"b.pub"_s, "damaged");
    put(u"c.pub"_s, "damaged too");
    EXPECT_TRUE(isOk(m_keys.add(SecretKey::generate().publicKey())));
    const auto entries = m_keys.entries();
    ASSERT_TRUE(isOk(entries));
    ASSERT_EQ(entries->size(), 4U);
    EXPECT_TRUE(*m_keys.forget(u"2293CF367D70AD0F"_s));
    EXPECT_TRUE(*m_keys.forget(u"b.pub"_s));
    EXPECT_FALSE(*m_keys.forget(u"b.pub"_s));
    EXPECT_FALSE(m_keys.keys());
    EXPECT_TRUE(isOk(m_keys.forgetAll()));
    EXPECT_EQ(count(), 0U);
}

TEST_F(TrustedKeysTest, ThePolicyIsKeptBesideThem)
{
    EXPECT_EQ(*m_keys.policy(), SignaturePolicy::Warn) << "there is no folder yet";
    for (const SignaturePolicy policy :
         {SignaturePolicy::Require, SignaturePolicy::Ignore, SignaturePolicy::Warn}) {
        EXPECT_TRUE(isOk(m_keys.setPolicy(policy)));
        EXPECT_EQ(*TrustedKeys(m_folder.filePath(u"trusted"_s)).policy(), policy);
    }
    EXPECT_EQ(count(), 0U) << "it is no key";
    put(u"policy"_s, "require");
    EXPECT_EQ(*m_keys.policy(), SignaturePolicy::Require) << "by hand, without a line break";
}

// Else a damaged file would let in what was to be refused.
TEST_F(TrustedKeysTest, APolicyThatCannotBeReadIsAnError)
{
    for (const QByteArray &text :
         {QByteArray(), QByteArray("requires\n"), QByteArray(100'000, 'r'), QByteArray("Require")}) {
        put(u"policy"_s, text);
        EXPECT_TRUE(isError(m_keys.policy(), ErrorKind::BadInput));
    }
    ASSERT_TRUE(QFile::remove(m_folder.filePath(u"trusted/policy"_s)));
    ASSERT_TRUE(QDir().mkpath(m_folder.filePath(u"trusted/policy"_s)));
    EXPECT_TRUE(isError(m_keys.policy(), ErrorKind::BadInput)) << "a folder";
}

} // namespace
} // namespace layerpool::test
