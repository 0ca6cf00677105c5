// SPDX-License-Identifier: Apache-2.0
#include "SmallRegistryTest.h"

#include "support/PlainHttp.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <csignal>

// Bundles as tar programs make them of a registry's storage, into a pool that the stock registry serves.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

class ImportTest : public SmallRegistryTest
{
protected:
    Outcome import(const QString &bundle, const QStringList &more = {}) const
    {
        return m_place.run(QStringList{u"import"_s, pool(), bundle} + more);
    }

    /// A tar program's words, made to pack the source's storage.
    QString packed(const QString &program, const QStringList &words) const
    {
        const QString bundle = path(u"bundle.tar"_s);
        QFile::remove(bundle);
        const Outcome outcome =
            run(program, QStringList{u"-C"_s, m_samples.path(), u"-cf"_s, bundle} + words);
        EXPECT_EQ(outcome.exitStatus, 0) << outcome;
        return bundle;
    }
    QString packed() const { return packed(u"tar"_s, {u"docker"_s}); }

    const QStringList m_all{u"apps/one:v1"_s, u"apps/two:v1"_s, u"apps/two:v2"_s, u"plain:1"_s};
};

TEST_F(ImportTest, WhatTarProgramsMakeOfARegistrysStorage)
{
    const std::vector<std::pair<QString, QStringList>> makers{
        {u"tar"_s, {u"docker"_s}},
        {u"tar"_s, {u"."_s}},
        {u"tar"_s, {u"./docker/registry/v2"_s}},
        {u"tar"_s, {u"--format=pax"_s, u"docker"_s}},
        {u"tar"_s, {u"--format=gnu"_s, u"--owner=nobody"_s, u"-b"_s, u"128"_s, u"docker"_s}},
        {u"tar"_s, {u"-z"_s, u"docker"_s}},
        {u"tar"_s, {u"--zstd"_s, u"."_s}},
        {u"bsdtar"_s, {u"docker"_s}},
        {u"bsdtar"_s, {u"-z"_s, u"."_s}},
        {u"bsdtar"_s, {u"--zstd"_s, u"--format=ustar"_s, u"docker"_s}},
        {u"bsdtar"_s, {u"--format=gnutar"_s, u"docker"_s}},
    };
    const Tree storage = treeOf(m_samples.path() + u"/docker"_s);
    for (const auto &[program, words] : makers) {
        SCOPED_TRACE((program + u' ' + words.join(u' ')).toStdString());
        const Outcome outcome = import(packed(program, words));
        EXPECT_EQ(outcome.exitStatus, 0) << outcome;
        EXPECT_TRUE(outcome.out.contains("4 images done")) << outcome;
        EXPECT_TRUE(isSame(treeOf(pool() + u"/docker"_s), storage));
        QDir(pool()).removeRecursively();
    }
}

TEST_F(ImportTest, WhatTarPacksIsListedSummedAndTakenIn)
{
    ASSERT_EQ(import(packed()).exitStatus, 0);
    const QString bundle = path(u"out/all.tar"_s);
    const Outcome tar = m_place.run({u"tar"_s, pool(), bundle});
    ASSERT_EQ(tar.exitStatus, 0) << tar;
    const Outcome sums =
        run(u"sh"_s, {u"-c"_s, u"cd \"$1\" && sha256sum --strict -c all.sha256"_s, u"sh"_s, path(u"out"_s)});
    EXPECT_EQ(sums.exitStatus, 0) << sums;
    EXPECT_EQ(sums.out, "all.tar: OK\nall.index.json: OK\n");
    const Outcome first = run(u"tar"_s, {u"-xOf"_s, bundle, u"layerpool/index.json"_s});
    QFile beside(path(u"out/all.index.json"_s));
    ASSERT_TRUE(beside.open(QIODevice::ReadOnly));
    EXPECT_EQ(first.out, beside.readAll());
    EXPECT_TRUE(
        run(u"tar"_s, {u"-tf"_s, bundle}).out.startsWith("layerpool/index.json\nlayerpool/README.txt\n"));

    const Tree tree = treeOf(pool() + u"/docker"_s);
    QDir(pool()).removeRecursively();
    EXPECT_EQ(import(bundle).exitStatus, 0);
    EXPECT_TRUE(isSame(treeOf(pool() + u"/docker"_s), tree));

    const Outcome again = m_place.run({u"tar"_s, pool(), path(u"out/other.tar"_s)});
    ASSERT_EQ(again.exitStatus, 0) << again;
    EXPECT_EQ(run(u"cmp"_s, {bundle, path(u"out/other.tar"_s)}).exitStatus, 0);
    QFile::remove(bundle);
    const Outcome taken = m_place.run({u"tar"_s, pool(), bundle});
    EXPECT_EQ(taken.exitStatus, 3) << taken;
    EXPECT_TRUE(taken.err.contains("all.index.json exists")) << taken;
}

TEST_F(ImportTest, ThePoolIsServedAndReadByOthers)
{
    const Outcome outcome = import(packed());
    ASSERT_EQ(outcome.exitStatus, 0) << outcome;
    EXPECT_TRUE(isVerified(m_place, pool()));
    EXPECT_TRUE(hasNoGarbage(pool()));
    const StockRegistry far(pool());
    ASSERT_TRUE(far.isUp()) << far.log().toStdString();
    EXPECT_TRUE(isSame(rawBySkopeo(far.host(), m_all), rawBySkopeo(m_source.host(), m_all)));
    EXPECT_TRUE(isSame(copiedBySkopeo(far.host(), {u"apps/two:v1"_s}, path(u"far"_s), true),
                       copiedBySkopeo(m_source.host(), {u"apps/two:v1"_s}, path(u"near"_s), true)));
}

TEST_F(ImportTest, WhatARegistryThatRanLeavesIsNoObstacle)
{
    const QString running = path(u"running"_s);
    ASSERT_TRUE(QDir().mkpath(running));
    {
        const StockRegistry registry(running);
        ASSERT_TRUE(registry.isUp()) << registry.log().toStdString();
        fillPool();
        ASSERT_EQ(m_place.run({u"push"_s, pool(), registry.host()}).exitStatus, 0);
        EXPECT_EQ(plainRequest("POST", registry.port(), "/v2/library/plain/blobs/uploads/").status, 202);
    }
    ASSERT_TRUE(QDir(pool()).removeRecursively());
    const QString bundle = path(u"running.tar.gz"_s);
    ASSERT_EQ(run(u"tar"_s, {u"-C"_s, running, u"-czf"_s, bundle, u"."_s}).exitStatus, 0);
    const Outcome outcome = import(bundle);
    EXPECT_EQ(outcome.exitStatus, 0) << outcome;
    EXPECT_TRUE(isVerified(m_place, pool()));
    EXPECT_FALSE(isThere(registryRoot(pool()) + u"/repositories/library/plain/_uploads"_s));
}

TEST_F(ImportTest, APoolComesThroughATarOfOurs)
{
    fillPool();
    const QString ours = path(u"ours.tar"_s);
    ASSERT_EQ(m_place.run({u"tar"_s, pool(), ours}).exitStatus, 0);
    ASSERT_EQ(run(u"gzip"_s, {u"-k"_s, ours}).exitStatus, 0);
    ASSERT_EQ(run(u"zstd"_s, {u"-q"_s, ours}).exitStatus, 0);
    for (const QString &name : {u"ours.tar"_s, u"ours.tar.gz"_s, u"ours.tar.zst"_s}) {
        const Outcome outcome = m_place.run({u"import"_s, path(u"other"_s), path(name)});
        EXPECT_EQ(outcome.exitStatus, 0) << outcome;
        EXPECT_TRUE(isSame(treeOf(path(u"other/docker"_s)), treeOf(pool() + u"/docker"_s)));
        QDir(path(u"other"_s)).removeRecursively();
    }
    // And through one that was made of the whole folder, state and all.
    const QString whole = path(u"whole.tar"_s);
    ASSERT_EQ(run(u"tar"_s, {u"-C"_s, pool(), u"-cf"_s, whole, u"."_s}).exitStatus, 0);
    const Outcome outcome = m_place.run({u"import"_s, path(u"other"_s), whole});
    EXPECT_EQ(outcome.exitStatus, 0) << outcome;
    EXPECT_TRUE(isSame(treeOf(path(u"other/docker"_s)), treeOf(pool() + u"/docker"_s)));
}

TEST_F(ImportTest, ADryRunMakesNothing)
{
    const Outcome outcome = import(packed(), {u"--dry-run"_s});
    EXPECT_EQ(outcome.exitStatus, 0) << outcome;
    EXPECT_TRUE(outcome.out.startsWith("Import 4 images of ")) << outcome;
    EXPECT_FALSE(isThere(pool()));
}

TEST_F(ImportTest, EachEndHasItsExitStatus)
{
    const QString bundle = packed();
    const QByteArray good = bytesOf(bundle);
    EXPECT_EQ(import(path(u"nothing.tar"_s)).exitStatus, 2);
    ASSERT_TRUE(QDir().mkpath(path(u"empty"_s)));
    EXPECT_EQ(import(path(u"empty"_s)).exitStatus, 2) << "a folder without images";
    EXPECT_EQ(import(bundle, {u"--tags"_s, u"some"_s}).exitStatus, 2);
    EXPECT_EQ(import(m_place.write(u"text.tar"_s, QByteArray(10'000, 'x'))).exitStatus, 2);

    const Outcome cut = import(m_place.write(u"cut.tar"_s, good.first(good.size() / 2)));
    EXPECT_EQ(cut.exitStatus, 2) << cut;
    EXPECT_TRUE(cut.err.contains("cut short")) << cut;
    EXPECT_FALSE(isThere(pool())) << "the plan found it";

    QByteArray damaged = good;
    const qsizetype at = damaged.indexOf(bytesOf(m_samples.blobPath(m_plain.amd64().layers.back())));
    ASSERT_GT(at, 0);
    damaged[at + 5] = char(damaged[at + 5] + 1);
    const Outcome refused = import(m_place.write(u"damaged.tar"_s, damaged), {u"--json"_s});
    EXPECT_EQ(refused.exitStatus, 2) << refused;
    EXPECT_TRUE(refused.out.contains(m_plain.amd64().layers.back().hex() + "/data")) << refused;
    EXPECT_FALSE(isThere(pool())) << "nor is an empty one left";

    ASSERT_TRUE(QDir().mkpath(path(u"other/things"_s)));
    EXPECT_EQ(m_place.run({u"import"_s, path(u"other"_s), bundle}).exitStatus, 3) << "no pool, and not empty";
    EXPECT_EQ(import(bundle).exitStatus, 0);
    const Outcome again = import(bundle);
    EXPECT_EQ(again.exitStatus, 0) << again;
    EXPECT_TRUE(again.out.contains("4 already there")) << again;
}

// Wherever it is met, no name is there before its bytes, and the same command finishes the work.
TEST_F(ImportTest, GoesOnAfterItWasStopped)
{
    ImageSpec large;
    large.layerBytes = 4'000'000;
    m_samples.add(u"apps/large"_s, u"v1"_s, large);
    const QString bundle = packed();
    const QDir partial(pool() + u"/.layerpool/staging/partial"_s);
    for (const int signal : {SIGKILL, SIGINT}) {
        const auto running = m_place.cli().start({u"import"_s, pool(), bundle});
        ASSERT_TRUE(QTest::qWaitFor([&] { return !partial.isEmpty() || !running->isRunning(); }, 20'000));
        running->signal(signal);
        running->wait(5'000);
        EXPECT_TRUE(isVerified(m_place, pool()));
        const Outcome again = import(bundle);
        EXPECT_EQ(again.exitStatus, 0) << again;
        EXPECT_TRUE(isSame(treeOf(pool() + u"/docker"_s), treeOf(m_samples.path() + u"/docker"_s)));
        EXPECT_TRUE(partial.isEmpty());
        ASSERT_TRUE(QDir(pool()).removeRecursively());
    }
}

TEST_F(ImportTest, TwoAtATimeMakeOnePool)
{
    const QString bundle = packed();
    const auto other = m_place.cli().start({u"import"_s, pool(), bundle});
    const Outcome one = import(bundle);
    EXPECT_EQ(one.exitStatus, 0) << one;
    const Outcome two = other->wait();
    EXPECT_EQ(two.exitStatus, 0) << two;
    EXPECT_TRUE(isSame(treeOf(pool() + u"/docker"_s), treeOf(m_samples.path() + u"/docker"_s)));
    EXPECT_TRUE(isVerified(m_place, pool()));
}

TEST_F(ImportTest, WhatIsMissingIsNamedBeforeAnythingBegins)
{
    const Digest layer = m_plain.amd64().layers.back();
    const QString bundle =
        packed(u"tar"_s, {u"--exclude=*"_s + QString::fromLatin1(layer.hex()) + u"/data"_s, u"docker"_s});
    const Outcome outcome = import(bundle);
    EXPECT_EQ(outcome.exitStatus, 2) << outcome;
    EXPECT_TRUE(outcome.err.contains("plain:1 is not whole")) << outcome;
    EXPECT_TRUE(outcome.err.contains(layer.toByteArray())) << outcome;
    EXPECT_FALSE(isThere(pool()));
    const Outcome dry = import(bundle, {u"--dry-run"_s});
    EXPECT_EQ(dry.exitStatus, 2) << dry;
    EXPECT_TRUE(dry.out.contains(layer.toByteArray())) << dry;
}

TEST_F(ImportTest, TagsOfThePoolStayWhereAsked)
{
    fillPool("apps/two:v1\n");
    QFile::remove(m_samples.tagLinkPath(u"apps/two"_s, u"v1"_s));
    QFile link(m_samples.tagLinkPath(u"apps/two"_s, u"v1"_s));
    ASSERT_TRUE(link.open(QIODevice::WriteOnly) && link.write(m_two2.root.toByteArray()) > 0);
    link.close();
    const QByteArray before = inPool(u"apps/two"_s, u"v1"_s);
    const Outcome kept = import(packed(), {u"--tags"_s, u"keep"_s});
    EXPECT_EQ(kept.exitStatus, 0) << kept;
    EXPECT_TRUE(kept.err.contains("apps/two:v1 keeps " + before)) << kept;
    EXPECT_TRUE(kept.out.contains("1 kept as they are there")) << kept;
    EXPECT_EQ(inPool(u"apps/two"_s, u"v1"_s), before);
    const Outcome moved = import(packed());
    EXPECT_EQ(moved.exitStatus, 0) << moved;
    EXPECT_TRUE(moved.err.contains("apps/two:v1 moves from " + before)) << moved;
    EXPECT_EQ(inPool(u"apps/two"_s, u"v1"_s), m_two2.root.toByteArray());
    EXPECT_TRUE(isVerified(m_place, pool()));
}

} // namespace
} // namespace layerpool::test
