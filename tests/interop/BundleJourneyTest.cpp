// SPDX-License-Identifier: Apache-2.0
#include "SmallRegistryTest.h"

#include "support/FakeRegistry.h"

#include <QFile>

// The next release from the connected side to a far side that has the one before: what its people do there
// and here, in the order in which they do it. The same in the window: tests/ui/journeys.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

class BundleJourneyTest : public SmallRegistryTest
{
protected:
    BundleJourneyTest()
    {
        const ImageSpec spec{.layerSizes = {200'000, 60'000}, .base = 7};
        m_samples.add(u"apps/grown"_s, u"v1"_s, spec);
        m_grown = m_samples.add(u"apps/grown"_s, u"v2"_s, spec);
        m_far.acceptPushes();
        m_far.askForLogin("ann", "s3cret");
    }

    QString bundle() const { return path(u"next.tar"_s); }
    QString firstVolume() const { return path(u"next.tar.001"_s); }
    QString key() const { return path(u"our.key"_s); }
    QString mirror() const { return m_far.host() + u"/mirror"_s; }
    QStringList login() const { return {u"--authfile"_s, path(u"auth.json"_s)}; }

    void expectDone(const QStringList &words, const RunOptions &options = {}) const
    {
        const Outcome outcome = m_place.run(words, options);
        ASSERT_EQ(outcome.exitStatus, 0) << outcome;
    }
    /// With only what a far side lacks that has the release before.
    void packNextRelease();
    /// At that far side, whose people have signed in and trust the key; a volume is still missing.
    void arrive();
    Outcome push(const QString &from, const QStringList &more = {}) const
    {
        return m_place.run(QStringList{u"push"_s, from, mirror()} + login() + more);
    }

    Sample m_grown; ///< stands on a layer that the far side has
    FakeRegistry m_far;
};

void BundleJourneyTest::packNextRelease()
{
    ASSERT_NO_FATAL_FAILURE(fillPool("apps/grown:v1\nplain:1\n"));
    ASSERT_NO_FATAL_FAILURE(expectDone({u"inventory"_s, pool(), path(u"customer.json"_s)}));
    ASSERT_NO_FATAL_FAILURE(expectDone({u"tar"_s, pool(), path(u"before.tar"_s)}));
    const QByteArray next = "apps/grown:v2\napps/one:v1\nplain:1\n";
    ASSERT_NO_FATAL_FAILURE(fillPool(next));
    ASSERT_NO_FATAL_FAILURE(expectDone({u"key"_s, u"new"_s, key(), u"--no-password"_s}));
    const Outcome packed = m_place.run(
        {u"tar"_s, pool(), bundle(), u"--list"_s, m_place.write(u"next.txt"_s, next), u"--exclude"_s,
         path(u"customer.json"_s), u"--volume-size"_s, u"64Ki"_s, u"--sign"_s, key()});
    ASSERT_EQ(packed.exitStatus, 0) << packed;
    EXPECT_TRUE(packed.err.contains("4 layers are left out: the far side must have them")) << packed;
    for (const QString &file : {u"next.tar.002"_s, u"next.sha256.minisig"_s, u"next.report.html"_s}) {
        EXPECT_TRUE(isThere(path(file))) << file.toStdString();
    }
}

void BundleJourneyTest::arrive()
{
    const Outcome unknown = m_place.run({u"push"_s, path(u"before.tar"_s), mirror()});
    EXPECT_EQ(unknown.exitStatus, 4) << unknown;
    EXPECT_TRUE(unknown.err.contains("layerpool-cli login " + m_far.host().toUtf8())) << unknown;
    ASSERT_NO_FATAL_FAILURE(
        expectDone(QStringList{u"login"_s, m_far.host(), u"-u"_s, u"ann"_s, u"--password-stdin"_s} + login(),
                   {.input = "s3cret\n"}));
    const Outcome before = push(path(u"before.tar"_s));
    ASSERT_EQ(before.exitStatus, 0) << before;
    ASSERT_NO_FATAL_FAILURE(expectDone({u"key"_s, u"trust"_s, key() + u".pub"_s}));
    ASSERT_TRUE(QFile::rename(path(u"next.tar.002"_s), path(u"second-disc"_s)));
}

TEST_F(BundleJourneyTest, TheNextReleaseIsPushedByItsFirstVolumeAndOnlyWhatFailedASecondTime)
{
    ASSERT_NO_FATAL_FAILURE(packNextRelease());
    ASSERT_NO_FATAL_FAILURE(arrive());
    const Outcome lacking = m_place.run({u"verify"_s, firstVolume()});
    EXPECT_EQ(lacking.exitStatus, 2) << lacking;
    EXPECT_TRUE(lacking.err.contains("next.tar.002")) << lacking;
    ASSERT_TRUE(QFile::rename(path(u"second-disc"_s), path(u"next.tar.002"_s)));
    const QStringList require{u"--signature"_s, u"require"_s};
    ASSERT_NO_FATAL_FAILURE(expectDone(QStringList{u"verify"_s, firstVolume()} + require));

    const QByteArray refused = "/v2/mirror/apps/grown/manifests/v2";
    m_far.on("PUT", refused).reply(FakeReply::error(403, "DENIED", "the quota is used up")).thenAsUsual();
    const QString failed = path(u"failed.list"_s);
    const Outcome first = push(firstVolume(), require + QStringList{u"--failed"_s, failed});
    EXPECT_EQ(first.exitStatus, 1) << first;
    EXPECT_TRUE(first.err.contains("apps/grown:v2: " + m_far.host().toUtf8()) &&
                first.err.contains("the quota is used up"))
        << first;
    EXPECT_EQ(bytesOf(failed), "apps/grown:v2\n");

    m_far.forgetRequests();
    const Outcome second = push(firstVolume(), require + QStringList{u"--list"_s, failed});
    EXPECT_EQ(second.exitStatus, 0) << second;
    EXPECT_EQ(m_far.countBelow("PUT", "/v2/"), 1);
    EXPECT_EQ(m_far.countBelow("POST", "/v2/"), 0) << "its layers had come";
    const std::vector<FakeRequest> put = m_far.requests("PUT", refused);
    ASSERT_EQ(put.size(), 1U);
    EXPECT_EQ(put.front().body, m_grown.bytes);
    ASSERT_NO_FATAL_FAILURE(expectDone(QStringList{u"verify"_s, mirror(), u"--against"_s, pool()} + login()));
}

} // namespace
} // namespace layerpool::test
