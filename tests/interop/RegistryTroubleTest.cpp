// SPDX-License-Identifier: Apache-2.0
#include "SmallRegistryTest.h"

#include "support/Logins.h"

#include <QDir>
#include <QElapsedTimer>

// Registries that are down, lack what is asked for, or refuse it.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

constexpr qint64 kQuickMs = 10'000; // with all its tries

class RegistryTroubleTest : public SmallRegistryTest
{
protected:
    Outcome convertFrom(const QString &source, const QStringList &more = {}) const
    {
        return m_place.run(QStringList{u"convert"_s, pool(), u"--list"_s,
                                       m_place.write(u"images.txt"_s, allLines), u"--source"_s, source} +
                           more);
    }

    Outcome push(const QString &target, const QStringList &more = {}) const
    {
        return m_place.run(QStringList{u"push"_s, pool(), target} + more);
    }

    QString emptyStorage() const
    {
        QDir(path({})).mkdir(u"far"_s);
        return path(u"far"_s);
    }

    QString authFile(const QString &host, const QByteArray &password) const
    {
        return m_place.write(u"auth.json"_s, authJson(host, "alice:" + password));
    }

    const StockRegistryOptions m_guarded{.user = u"alice"_s, .password = u"s3cret"_s};
};

TEST_F(RegistryTroubleTest, ASourceThatIsDown)
{
    QElapsedTimer timer;
    timer.start();
    const QString host = deadHost();
    const Outcome outcome = convertFrom(host);
    EXPECT_EQ(outcome.exitStatus, 4) << outcome;
    EXPECT_TRUE(outcome.err.contains("Cannot reach " + host.toUtf8())) << outcome;
    EXPECT_TRUE(outcome.err.contains("connection refused")) << outcome;
    EXPECT_LT(timer.elapsed(), kQuickMs);
    EXPECT_FALSE(isThere(pool()));
}

TEST_F(RegistryTroubleTest, ASourceThatNobodyKnows)
{
    const Outcome outcome = convertFrom(u"no-such-registry.invalid"_s, {u"--retries"_s, u"1"_s});
    EXPECT_EQ(outcome.exitStatus, 4) << outcome;
    EXPECT_TRUE(outcome.err.contains("no-such-registry.invalid")) << outcome;
    EXPECT_FALSE(isThere(pool()));
}

TEST_F(RegistryTroubleTest, WhatIsAbsentFailsAndTheRestGoesOn)
{
    const QString failed = path(u"failed.txt"_s);
    const Outcome outcome =
        convert("apps/one:v1\napps/none:v1\napps/two:v9\nplain:1\n", {u"--failed"_s, failed});
    EXPECT_EQ(outcome.exitStatus, 1) << outcome;
    EXPECT_TRUE(outcome.err.contains("apps/none:v1 is not at " + m_source.host().toUtf8())) << outcome;
    EXPECT_TRUE(outcome.err.contains("apps/two:v9 is not at " + m_source.host().toUtf8())) << outcome;
    EXPECT_EQ(bytesOf(failed), "apps/none:v1\napps/two:v9\n");
    EXPECT_EQ(inPool(u"apps/one"_s, u"v1"_s), m_one.root.toByteArray());
    EXPECT_EQ(inPool(u"plain"_s, u"1"_s), m_plain.root.toByteArray());
    EXPECT_FALSE(isThere(registryRoot(pool()) + u"/repositories/apps/none"_s));
    EXPECT_TRUE(isVerified(m_place, pool()));
}

TEST_F(RegistryTroubleTest, TheListOfFailedImagesRunsAgain)
{
    const QString failed = path(u"failed.txt"_s);
    EXPECT_EQ(convert("apps/one:v1\napps/late:v1\n", {u"--failed"_s, failed}).exitStatus, 1);
    const Sample late = m_samples.add(u"apps/late"_s, u"v1"_s);
    const Outcome outcome = m_place.run(
        {u"convert"_s, pool(), u"--list"_s, failed, u"--failed"_s, failed, u"--source"_s, m_source.host()});
    EXPECT_EQ(outcome.exitStatus, 0) << outcome;
    EXPECT_EQ(inPool(u"apps/late"_s, u"v1"_s), late.root.toByteArray());
    EXPECT_EQ(bytesOf(failed), "");
}

TEST_F(RegistryTroubleTest, APlatformThatIsAbsentSaysWhichAreThere)
{
    const Outcome outcome = convert("apps/two:v1\n", {u"--platform"_s, u"linux/s390x"_s});
    EXPECT_EQ(outcome.exitStatus, 1) << outcome;
    EXPECT_TRUE(outcome.err.contains("linux/s390x: there are linux/amd64, linux/arm64")) << outcome;
}

TEST_F(RegistryTroubleTest, ABlobThatIsAbsentFailsItsImageAlone)
{
    ASSERT_TRUE(QFile::remove(m_samples.blobPath(m_two.amd64().layers.back())));
    const Outcome outcome = convert(allLines);
    EXPECT_EQ(outcome.exitStatus, 1) << outcome;
    EXPECT_EQ(inPool(u"apps/two"_s, u"v1"_s), "");
    EXPECT_EQ(inPool(u"apps/one"_s, u"v1"_s), m_one.root.toByteArray());
    EXPECT_TRUE(isVerified(m_place, pool()));
}

TEST_F(RegistryTroubleTest, ABlobThatIsDamagedFailsItsImageAlone)
{
    const QString layer = m_samples.blobPath(m_one.amd64().layers.back());
    QByteArray bytes = bytesOf(layer);
    bytes.back() = static_cast<char>(bytes.back() + 1);
    QFile file(layer);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    file.close();
    const Outcome outcome = convert(allLines);
    EXPECT_EQ(outcome.exitStatus, 1) << outcome;
    EXPECT_TRUE(outcome.err.contains("is damaged")) << outcome;
    EXPECT_EQ(inPool(u"apps/one"_s, u"v1"_s), "");
    EXPECT_TRUE(isVerified(m_place, pool()));
}

TEST_F(RegistryTroubleTest, AMirrorIsAskedFirst)
{
    SampleRegistry other(path(u"mirror"_s));
    ImageSpec spec;
    spec.seed = 7;
    const Sample mirrored = other.add(u"apps/one"_s, u"v1"_s, spec);
    const StockRegistry mirror(other.path());
    ASSERT_TRUE(mirror.isUp());
    const QString rule = m_source.host() + u'=' + mirror.host();
    const Outcome outcome = convert("apps/one:v1\n", {u"--mirror"_s, rule});
    EXPECT_EQ(outcome.exitStatus, 0) << outcome;
    EXPECT_EQ(inPool(u"apps/one"_s, u"v1"_s), mirrored.root.toByteArray());
}

TEST_F(RegistryTroubleTest, WhatAMirrorLacksComesFromTheRegistryItself)
{
    const StockRegistry mirror(emptyStorage());
    ASSERT_TRUE(mirror.isUp());
    const QString rule = m_source.host() + u'=' + mirror.host();
    const Outcome outcome = convert(allLines, {u"--mirror"_s, rule});
    EXPECT_EQ(outcome.exitStatus, 0) << outcome;
    EXPECT_TRUE(outcome.err.contains("not taken from the mirror " + mirror.host().toUtf8())) << outcome;
    EXPECT_EQ(inPool(u"apps/one"_s, u"v1"_s), m_one.root.toByteArray());
}

TEST_F(RegistryTroubleTest, AMirrorThatIsDownIsPassedOver)
{
    const QString rule = m_source.host() + u'=' + deadHost();
    const Outcome outcome = convert(allLines, {u"--mirror"_s, rule});
    EXPECT_EQ(outcome.exitStatus, 0) << outcome;
    EXPECT_EQ(inPool(u"plain"_s, u"1"_s), m_plain.root.toByteArray());
}

TEST_F(RegistryTroubleTest, ATargetThatIsDown)
{
    fillPool();
    QElapsedTimer timer;
    timer.start();
    const QString host = deadHost();
    const QString failed = m_place.write(u"failed.txt"_s, "of/another:run\n");
    const Outcome outcome = push(host, {u"--failed"_s, failed});
    EXPECT_EQ(outcome.exitStatus, 4) << outcome;
    EXPECT_TRUE(outcome.err.contains("Cannot reach " + host.toUtf8())) << outcome;
    EXPECT_LT(timer.elapsed(), kQuickMs);
    EXPECT_EQ(bytesOf(failed), allLines) << "it did not even begin: all of them are to be run again";
}

TEST_F(RegistryTroubleTest, APlanThatCannotBeMadeLeavesItsLinesUndone)
{
    fillPool();
    const QString list = m_place.write(u"two.txt"_s, "apps/one:v1\nplain:1\n");
    const QString failed = m_place.write(u"failed.txt"_s, "of/another:run\n");
    const QStringList more{u"--list"_s, list, u"--failed"_s, failed, u"--json"_s};
    const Outcome dry = push(deadHost(), more + QStringList{u"--dry-run"_s});
    EXPECT_EQ(dry.exitStatus, 4) << dry;
    EXPECT_EQ(bytesOf(failed), "of/another:run\n") << "nothing was to be done";
    const Outcome outcome = push(deadHost(), more);
    EXPECT_EQ(outcome.exitStatus, 4) << outcome;
    EXPECT_EQ(bytesOf(failed), "apps/one:v1\nplain:1\n");
    EXPECT_EQ(outcome.result().value(u"images"_s).toObject().value(u"undone"_s).toInt(), 2) << outcome;
}

TEST_F(RegistryTroubleTest, ATargetThatTakesNothing)
{
    fillPool();
    const QString failed = path(u"failed.txt"_s);
    const StockRegistry target(emptyStorage(), {.isReadOnly = true});
    ASSERT_TRUE(target.isUp());
    const Outcome outcome = push(target.host(), {u"--failed"_s, failed});
    EXPECT_EQ(outcome.exitStatus, 4) << outcome;
    EXPECT_TRUE(outcome.err.contains(target.host().toUtf8())) << outcome;
    EXPECT_EQ(bytesOf(failed).count('\n'), 4) << outcome;
}

TEST_F(RegistryTroubleTest, ATargetWithAPassword)
{
    fillPool();
    const StockRegistry target(emptyStorage(), m_guarded);
    ASSERT_TRUE(target.isUp());
    const Outcome outcome = push(target.host(), {u"--authfile"_s, authFile(target.host(), "s3cret")});
    EXPECT_EQ(outcome.exitStatus, 0) << outcome;
    EXPECT_EQ(tagLink(path(u"far"_s), u"apps/one"_s, u"v1"_s), m_one.root.toByteArray());
}

TEST_F(RegistryTroubleTest, ATargetWithAnotherPassword)
{
    fillPool();
    const StockRegistry target(emptyStorage(), m_guarded);
    ASSERT_TRUE(target.isUp());
    const Outcome wrong = push(target.host(), {u"--authfile"_s, authFile(target.host(), "wr0ng")});
    EXPECT_EQ(wrong.exitStatus, 4) << wrong;
    EXPECT_FALSE((wrong.out + wrong.err).contains("wr0ng")) << wrong;
    const Outcome none = push(target.host());
    EXPECT_EQ(none.exitStatus, 4) << none;
    EXPECT_TRUE(none.err.contains("login")) << none;
    EXPECT_FALSE(isThere(registryRoot(path(u"far"_s)) + u"/repositories"_s));
}

TEST_F(RegistryTroubleTest, ASourceWithAPassword)
{
    const StockRegistry source(m_samples.path(), m_guarded);
    ASSERT_TRUE(source.isUp());
    const QString log = path(u"log.txt"_s);
    const Outcome wrong = convertFrom(source.host(), {u"--authfile"_s, authFile(source.host(), "wr0ng")});
    EXPECT_EQ(wrong.exitStatus, 4) << wrong;
    const Outcome right =
        convertFrom(source.host(), {u"--authfile"_s, authFile(source.host(), "s3cret"), u"--log"_s, log});
    EXPECT_EQ(right.exitStatus, 0) << right;
    EXPECT_EQ(inPool(u"apps/one"_s, u"v1"_s), m_one.root.toByteArray());
    const QByteArray said = bytesOf(log) + right.out + right.err;
    EXPECT_FALSE(said.contains("s3cret"));
    EXPECT_FALSE(said.contains(QByteArray("alice:s3cret").toBase64()));
}

} // namespace
} // namespace layerpool::test
