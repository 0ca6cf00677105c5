// SPDX-License-Identifier: Apache-2.0
#include "SmallRegistryTest.h"

#include <QDir>
#include <QFile>

// What a registry would serve without a word, verify finds and names; and convert mends what is missing.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

class DamageTest : public SmallRegistryTest
{
protected:
    void SetUp() override
    {
        SmallRegistryTest::SetUp();
        fillPool();
    }

    QString blob(const Digest &digest) const
    {
        const QString hex = QString::fromLatin1(digest.hex());
        return registryRoot(pool()) + u"/blobs/sha256/%1/%2/data"_s.arg(hex.left(2), hex);
    }

    QString repository(const QString &name) const
    {
        return registryRoot(pool()) + u"/repositories/"_s + name;
    }

    QString layerLink(const QString &name, const Digest &digest) const
    {
        return repository(name) + u"/_layers/sha256/%1/link"_s.arg(QString::fromLatin1(digest.hex()));
    }

    // Verify ends with 1 and names these images, and no other.
    void expectHurt(const QByteArray &images) const
    {
        const QString failed = path(u"failed.txt"_s);
        const Outcome outcome = m_place.run({u"verify"_s, pool(), u"--failed"_s, failed});
        EXPECT_EQ(outcome.exitStatus, 1) << outcome;
        EXPECT_FALSE(outcome.err.isEmpty()) << outcome;
        EXPECT_EQ(bytesOf(failed), images) << outcome;
    }

    void expectMended() const
    {
        const Outcome again = convert(allLines);
        EXPECT_EQ(again.exitStatus, 0) << again;
        EXPECT_TRUE(isVerified(m_place, pool()));
        EXPECT_TRUE(hasNoGarbage(pool()));
    }
};

TEST_F(DamageTest, ABlobThatIsGoneIsFoundAndFetchedAgain)
{
    ASSERT_TRUE(QFile::remove(blob(m_one.amd64().layers.back())));
    expectHurt("apps/one:v1\n");
    expectMended();
}

TEST_F(DamageTest, AConfigThatIsGoneIsFoundAndFetchedAgain)
{
    ASSERT_TRUE(QFile::remove(blob(m_two.amd64().config)));
    expectHurt("apps/two:v1\n");
    expectMended();
}

TEST_F(DamageTest, ABlobThatIsTooShortIsFoundAndFetchedAgain)
{
    ASSERT_TRUE(QFile::resize(blob(m_one.amd64().layers.back()), 100));
    expectHurt("apps/one:v1\n");
    expectMended();
}

TEST_F(DamageTest, AFlippedBitIsFound)
{
    const QString file = blob(m_plain.amd64().layers.back());
    QByteArray bytes = bytesOf(file);
    bytes[bytes.size() / 2] = static_cast<char>(bytes.at(bytes.size() / 2) ^ 1);
    QFile opened(file);
    ASSERT_TRUE(opened.open(QIODevice::WriteOnly) && opened.write(bytes) == bytes.size());
    opened.close();
    expectHurt("plain:1\n");
}

TEST_F(DamageTest, AManifestThatIsGoneIsFoundAndFetchedAgain)
{
    ASSERT_TRUE(QFile::remove(blob(m_one.root)));
    const Outcome outcome = m_place.run({u"verify"_s, pool()});
    EXPECT_EQ(outcome.exitStatus, 1) << outcome;
    EXPECT_TRUE(outcome.err.contains("apps/one:v1")) << outcome;
    expectMended();
}

TEST_F(DamageTest, ALinkThatIsGoneIsFoundAndWrittenAgain)
{
    ASSERT_TRUE(QFile::remove(layerLink(u"apps/one"_s, m_one.amd64().layers.back())));
    expectHurt("apps/one:v1\n");
    expectMended();
}

TEST_F(DamageTest, ALinkThatIsEmptyIsFoundAndWrittenAgain)
{
    ASSERT_TRUE(QFile::resize(layerLink(u"apps/one"_s, m_one.amd64().layers.back()), 0));
    expectHurt("apps/one:v1\n");
    expectMended();
}

TEST_F(DamageTest, ARepositoryWithoutItsLayersIsFoundAndMended)
{
    ASSERT_TRUE(QDir(repository(u"plain/_layers"_s)).removeRecursively());
    expectHurt("plain:1\n");
    expectMended();
}

} // namespace
} // namespace layerpool::test
