// SPDX-License-Identifier: Apache-2.0
#include "SmallRegistryTest.h"

#include "support/FakeRegistry.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <atomic>
#include <iostream>

// A push to a stock registry, and whether all came there.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

class FarSideTest : public SmallRegistryTest
{
protected:
    void SetUp() override
    {
        SmallRegistryTest::SetUp();
        ASSERT_TRUE(m_far->isUp()) << m_far->log().toStdString();
    }
    void TearDown() override
    {
        if (HasFailure()) {
            std::cout << "--- the far registry's log\n" << m_far->log().right(8000).toStdString() << '\n';
        }
    }

    static QString made(const QString &folder)
    {
        QDir().mkpath(folder);
        return folder;
    }

    Outcome push(const QStringList &more = {}) const
    {
        return m_place.run(QStringList{u"push"_s, pool(), m_far->host() + u"/mirror"_s} + more);
    }
    Outcome verify(const QStringList &more = {}) const
    {
        return m_place.run(QStringList{u"verify"_s, m_far->host() + u"/mirror"_s, u"--against"_s, pool()} +
                           more);
    }
    QByteArray there(const QString &repository, const QString &tag) const
    {
        return tagLink(path(u"far"_s), u"mirror/"_s + repository, tag);
    }

    static constexpr char sparseLines[] = "apps/two:v1\nplain:1\n";
    /// Both platforms of apps/two:v1, whose index has an attestation too.
    const QStringList m_sparsely{u"--platform"_s, u"linux/amd64"_s, u"--platform"_s, u"linux/arm64"_s,
                                 u"--no-referrers"_s};
    const std::unique_ptr<StockRegistry> m_far = std::make_unique<StockRegistry>(made(path(u"far"_s)));
};

TEST_F(FarSideTest, AllThatWasPushedIsThere)
{
    fillPool();
    const Outcome before = verify();
    EXPECT_EQ(before.exitStatus, 1) << before;
    EXPECT_TRUE(before.err.contains("mirror/apps/one:v1 is not at " + m_far->host().toUtf8())) << before;
    EXPECT_EQ(push().exitStatus, 0);
    const Outcome after = verify();
    EXPECT_EQ(after.exitStatus, 0) << after;
    const QString list = m_place.write(u"one.txt"_s, "apps/one:v1\nplain:1\n");
    const Outcome some = verify({u"--list"_s, list, u"--json"_s});
    EXPECT_EQ(some.exitStatus, 0) << some;
    EXPECT_EQ(some.result().value(u"images"_s).toObject().value(u"done"_s).toInt(), 2) << some;
}

TEST_F(FarSideTest, WhatIsNotWholeThereIsNamed)
{
    fillPool();
    EXPECT_EQ(push().exitStatus, 0);
    const Digest lost = m_one.amd64().layers.back();
    const QString link = registryRoot(path(u"far"_s)) + u"/repositories/mirror/apps/one/_layers/sha256/"_s +
                         QString::fromLatin1(lost.hex()) + u"/link"_s;
    ASSERT_TRUE(QFile::remove(link)) << link.toStdString();
    const QString failed = path(u"failed.txt"_s);
    const Outcome outcome = verify({u"--failed"_s, failed});
    EXPECT_EQ(outcome.exitStatus, 1) << outcome;
    EXPECT_TRUE(outcome.err.contains(lost.toByteArray())) << outcome;
    EXPECT_EQ(bytesOf(failed), "apps/one:v1\n");
}

TEST_F(FarSideTest, ASparseIndexIsRefusedAndGoesTheOtherWays)
{
    fillPool(sparseLines, m_sparsely);
    ASSERT_EQ(inPool(u"apps/two"_s, u"v1"_s), m_two.root.toByteArray());
    const Outcome refused = push();
    EXPECT_EQ(refused.exitStatus, 1) << refused;
    EXPECT_TRUE(refused.err.contains("does not take the sparse index of apps/two:v1")) << refused;
    EXPECT_TRUE(refused.err.contains("--sparse rewrite")) << refused;

    const QStringList rewrite{u"--sparse"_s, u"rewrite"_s};
    const Outcome rewritten = push(rewrite + QStringList{u"--json"_s});
    EXPECT_EQ(rewritten.exitStatus, 0) << rewritten;
    const QByteArray digest = there(u"apps/two"_s, u"v1"_s);
    EXPECT_NE(digest, m_two.root.toByteArray());
    const QString notes = rewritten.result().value(u"notes"_s).toVariant().toStringList().join(u'\n');
    EXPECT_TRUE(notes.contains(QString::fromLatin1(digest))) << rewritten;
    EXPECT_TRUE(notes.contains(m_two.root.toString())) << rewritten;
    const Outcome verified = verify(rewrite);
    EXPECT_EQ(verified.exitStatus, 0) << verified;
    EXPECT_EQ(verify().exitStatus, 1) << "the pool's own index is not there";

    const QStringList children{u"--sparse"_s, u"children"_s};
    const Outcome inPieces = push(children);
    EXPECT_EQ(inPieces.exitStatus, 0) << inPieces;
    EXPECT_EQ(there(u"apps/two"_s, u"v1-linux-amd64"_s), m_two.amd64().digest.toByteArray());
    const Outcome piecesVerified = verify(children);
    EXPECT_EQ(piecesVerified.exitStatus, 0) << piecesVerified;
    EXPECT_TRUE(hasNoGarbage(path(u"far"_s)));
}

TEST_F(FarSideTest, ThePushSaysHowOldNamesResolve)
{
    fillPool();
    const Outcome told = push({u"--list"_s, m_place.write(u"list.txt"_s, "quay.io/apps/one:v1\nplain:1\n")});
    EXPECT_EQ(told.exitStatus, 0) << told;
    EXPECT_TRUE(told.out.contains("# /etc/containerd/certs.d/quay.io/hosts.toml\n")) << told;
    EXPECT_TRUE(told.out.contains("[host.\"http://" + m_far->host().toUtf8() + "/v2/mirror\"]\n")) << told;
    EXPECT_TRUE(told.out.contains("location = \"" + m_far->host().toUtf8() + "/mirror\"\n")) << told;
    EXPECT_TRUE(told.out.contains("# library/plain is not found by this: pull it as")) << told;
    const QJsonArray settings = push({u"--json"_s}).result().value(u"settings"_s).toArray();
    ASSERT_EQ(settings.size(), 2);
    EXPECT_TRUE(settings.first().toObject().value(u"file"_s).toString().endsWith(u"/_default/hosts.toml"_s))
        << "without a list nothing tells which registry they came from";
}

TEST_F(FarSideTest, OldNamesAreFoundWithTheSettingsThatThePushGave)
{
    fillPool();
    const QString list = m_place.write(u"list.txt"_s, "quay.io/apps/one:v1\napps/two:v2\nplain:1\n");
    const QJsonArray settings =
        push({u"--list"_s, list, u"--json"_s}).result().value(u"settings"_s).toArray();
    ASSERT_FALSE(settings.isEmpty());
    const QJsonObject registries = settings.last().toObject();
    EXPECT_TRUE(registries.value(u"file"_s).toString().endsWith(u"registries.conf.d/layerpool.conf"_s));
    const QString file = m_place.write(u"registries.conf"_s, registries.value(u"text"_s).toString().toUtf8());
    for (const QString &name : {u"quay.io/apps/one:v1"_s, u"docker.io/apps/two:v2"_s, u"plain:1"_s}) {
        const Outcome seen =
            run(u"skopeo"_s, {u"--registries-conf"_s, file, u"inspect"_s, u"--raw"_s, u"docker://"_s + name});
        EXPECT_EQ(seen.exitStatus, 0) << name.toStdString() << seen;
    }
}

TEST_F(FarSideTest, AStoppedPushListsWhatItDidNotComeTo)
{
    fillPool();
    FakeRegistry target;
    target.acceptPushes();
    target.on("PUT", "/v2/apps/one/manifests/v1").reply(FakeReply::silence());
    const QString failed = path(u"failed.txt"_s);
    const std::unique_ptr<BackgroundRun> running =
        m_place.cli().start({u"push"_s, pool(), target.host(), u"--failed"_s, failed, u"--json"_s});
    ASSERT_TRUE(running->waitForText("\"image\":\"apps/two:v2\""));
    ASSERT_TRUE(
        QTest::qWaitFor([&] { return target.count("PUT", "/v2/apps/one/manifests/v1") > 0; }, 20'000));
    running->interrupt();
    EXPECT_EQ(running->wait(5'000).exitStatus, 130);
    const QByteArray lines = bytesOf(failed);
    EXPECT_TRUE(lines.contains("apps/one:v1\n")) << lines.toStdString();
    EXPECT_FALSE(lines.contains("apps/two:v2\n")) << lines.toStdString();
}

} // namespace
} // namespace layerpool::test
