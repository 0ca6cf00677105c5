// SPDX-License-Identifier: Apache-2.0
#include "SmallRegistryTest.h"

#include "support/FakeRegistry.h"

#include <QDir>
#include <QFile>

#include <sched.h>
#include <sys/mount.h>

#include <cerrno>
#include <cstring>

// A file system that fills up stops a run with a sentence, hurts nothing, and lets the same command go on.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

/// A small file system in memory, seen by this program and those it starts, and gone with it.
class SmallDisk
{
public:
    SmallDisk(const QString &path, const char *options) : m_path(QFile::encodeName(path))
    {
        m_isMounted = QDir().mkpath(path) && ::unshare(CLONE_NEWNS) == 0 &&
                      ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
                      ::mount("none", m_path.constData(), "tmpfs", 0, options) == 0;
        m_error = m_isMounted ? 0 : errno;
    }
    ~SmallDisk()
    {
        if (m_isMounted) {
            ::umount2(m_path.constData(), MNT_DETACH);
        }
    }
    Q_DISABLE_COPY_MOVE(SmallDisk)

    bool isMounted() const { return m_isMounted; }
    std::string whyNot() const { return std::strerror(m_error); }
    bool remount(const char *options, unsigned long flags = 0) const
    {
        return ::mount("none", m_path.constData(), "tmpfs", MS_REMOUNT | flags, options) == 0;
    }

private:
    QByteArray m_path;
    bool m_isMounted = false;
    int m_error = 0;
};

class FullDiskTest : public SmallRegistryTest
{
protected:
    QString diskPath() const { return path(u"disk"_s); }

    Outcome convertTo(const QString &target, const QStringList &more = {}) const
    {
        return m_place.run(QStringList{u"convert"_s, target, u"--list"_s,
                                       m_place.write(u"images.txt"_s, allLines), u"--source"_s,
                                       m_source.host()} +
                           more);
    }

    void expectStopped(const Outcome &outcome, const QByteArray &because) const
    {
        EXPECT_EQ(outcome.exitStatus, 3) << outcome;
        EXPECT_TRUE(outcome.err.contains(because)) << outcome;
        EXPECT_TRUE(outcome.err.contains("Free some space")) << outcome;
    }

    /// Runs words that make a pool on a disk for so many files; then again, with room.
    void expectGoesOn(const QStringList &words, int files) const
    {
        const QByteArray few = "size=64m,nr_inodes=" + QByteArray::number(files);
        const SmallDisk disk(diskPath(), few.constData());
        if (!disk.isMounted()) {
            GTEST_SKIP() << "no file system may be mounted here: " << disk.whyNot();
        }
        const QString target = diskPath() + u"/pool"_s;
        expectStopped(m_place.run(words), "No space left");
        EXPECT_TRUE(isVerified(m_place, target)) << files << " files";
        EXPECT_TRUE(StockRegistry::collectGarbage(target).hasSucceeded) << files << " files";
        ASSERT_TRUE(disk.remount("size=64m,nr_inodes=10000"));
        EXPECT_EQ(m_place.run(words).exitStatus, 0);
        EXPECT_TRUE(isSame(treeOf(target + u"/docker"_s), treeOf(pool() + u"/docker"_s)));
        EXPECT_TRUE(isVerified(m_place, target));
    }
};

TEST_F(FullDiskTest, ConvertSaysBeforehandHowMuchIsMissing)
{
    const SmallDisk disk(diskPath(), "size=1m");
    if (!disk.isMounted()) {
        GTEST_SKIP() << "no file system may be mounted here: " << disk.whyNot();
    }
    const QString target = diskPath() + u"/pool"_s;
    const QString failed = m_place.write(u"failed.txt"_s, "of/another:run\n");
    expectStopped(convertTo(target, {u"--failed"_s, failed}), "are needed and");
    EXPECT_EQ(bytesOf(failed), allLines);
    EXPECT_FALSE(isThere(target));
    ASSERT_TRUE(disk.remount("size=64m"));
    EXPECT_EQ(convertTo(target).exitStatus, 0);
}

// Bytes there are, but no more files: the end comes in the middle of the work, each time at another place.
constexpr int kFewFiles = 40;
constexpr int kEnoughFiles = 120;
constexpr int kStep = 17;

TEST_F(FullDiskTest, ConvertThatRunsOutOfRoomGoesOnLater)
{
    fillPool();
    for (int files = kFewFiles; files < kEnoughFiles && !IsSkipped(); files += kStep) {
        expectGoesOn({u"convert"_s, diskPath() + u"/pool"_s, u"--list"_s, path(u"images.txt"_s),
                      u"--source"_s, m_source.host()},
                     files);
    }
}

TEST_F(FullDiskTest, SelectThatRunsOutOfRoomGoesOnLater)
{
    fillPool();
    for (int files = kFewFiles; files < kEnoughFiles && !IsSkipped(); files += kStep) {
        expectGoesOn({u"select"_s, pool(), diskPath() + u"/pool"_s, u"--list"_s, path(u"images.txt"_s)},
                     files);
    }
}

TEST_F(FullDiskTest, AnImportThatRunsOutOfRoomGoesOnLater)
{
    fillPool();
    ASSERT_EQ(m_place.run({u"tar"_s, pool(), path(u"all.tar"_s)}).exitStatus, 0);
    for (int files = kFewFiles; files < kEnoughFiles && !IsSkipped(); files += kStep) {
        expectGoesOn({u"import"_s, diskPath() + u"/pool"_s, path(u"all.tar"_s)}, files);
    }
}

TEST_F(FullDiskTest, ImportSaysBeforehandHowMuchIsMissing)
{
    const QString tar = path(u"all.tar"_s);
    ASSERT_EQ(run(u"tar"_s, {u"-C"_s, m_samples.path(), u"-cf"_s, tar, u"."_s}).exitStatus, 0);
    const SmallDisk disk(diskPath(), "size=1m");
    if (!disk.isMounted()) {
        GTEST_SKIP() << "no file system may be mounted here: " << disk.whyNot();
    }
    expectStopped(m_place.run({u"import"_s, diskPath() + u"/pool"_s, tar}), "are needed and");
    EXPECT_FALSE(isThere(diskPath() + u"/pool"_s));
}

TEST_F(FullDiskTest, ATarThatDoesNotFitLeavesNothing)
{
    fillPool();
    const SmallDisk disk(diskPath(), "size=64k");
    if (!disk.isMounted()) {
        GTEST_SKIP() << "no file system may be mounted here: " << disk.whyNot();
    }
    const QString tar = diskPath() + u"/out.tar"_s;
    expectStopped(m_place.run({u"tar"_s, pool(), tar}), "are needed and");
    EXPECT_TRUE(treeOf(diskPath()).empty());
    ASSERT_TRUE(disk.remount("size=16m"));
    EXPECT_EQ(m_place.run({u"tar"_s, pool(), tar}).exitStatus, 0);
    EXPECT_EQ(run(u"tar"_s, {u"-tf"_s, tar}).exitStatus, 0);
}

// Of a legacy layer nobody says the size: it may have no end at all.
TEST_F(FullDiskTest, ALayerWithoutAnEndStopsBeforeTheDiskIsFullAndGivesItsRoomBack)
{
    const SmallDisk disk(diskPath(), "size=64m");
    if (!disk.isMounted()) {
        GTEST_SKIP() << "no file system may be mounted here: " << disk.whyNot();
    }
    FakeRegistry fake;
    fake.serve(m_samples.path());
    const QByteArray layer = "/v2/apps/legacy/blobs/sha256:" + QByteArray(64, 'a');
    fake.on("GET", "/v2/apps/legacy/manifests/v1")
        .reply(FakeReply::manifest(
            R"({"schemaVersion":1,"name":"apps/legacy","tag":"v1","architecture":"amd64","fsLayers":[)"
            R"({"blobSum":"sha256:)" +
                QByteArray(64, 'a') + R"("}],"history":[{"v1Compatibility":"{\"os\":\"linux\"}"}]})",
            "application/vnd.docker.distribution.manifest.v1+json"));
    fake.on("HEAD", layer).reply(FakeReply().withoutLength());
    fake.on("GET", layer).reply(FakeReply(200, QByteArray(80'000'000, 'z')).chunked());
    const QString target = diskPath() + u"/pool"_s;
    const QString list = m_place.write(u"list.txt"_s, "apps/legacy:v1\napps/one:v1\n");
    for (int run = 0; run < 2; ++run) { // the first leaves nothing that is in the second's way
        const Outcome outcome =
            m_place.run({u"convert"_s, target, u"--list"_s, list, u"--source"_s, fake.host()});
        EXPECT_EQ(outcome.exitStatus, 1) << outcome;
        EXPECT_TRUE(outcome.err.contains("apps/legacy:v1: There is no room for the blob")) << outcome;
        EXPECT_TRUE(outcome.err.contains("nobody says how large it is")) << outcome;
        EXPECT_TRUE(QDir(target + u"/.layerpool/staging/partial"_s).isEmpty());
        EXPECT_EQ(tagLink(target, u"apps/one"_s, u"v1"_s), m_one.root.toByteArray());
    }
    EXPECT_TRUE(isVerified(m_place, target));
}

TEST_F(FullDiskTest, APoolThatMayOnlyBeReadServesAllTheSame)
{
    const SmallDisk disk(diskPath(), "size=64m");
    if (!disk.isMounted()) {
        GTEST_SKIP() << "no file system may be mounted here: " << disk.whyNot();
    }
    const QString target = diskPath() + u"/pool"_s;
    ASSERT_EQ(convertTo(target).exitStatus, 0);
    ASSERT_TRUE(disk.remount("size=64m", MS_RDONLY));
    m_samples.add(u"apps/late"_s, u"v1"_s);
    const QString late = m_place.write(u"late.txt"_s, "apps/late:v1\n");
    const Outcome denied =
        m_place.run({u"convert"_s, target, u"--list"_s, late, u"--source"_s, m_source.host()});
    EXPECT_EQ(denied.exitStatus, 3) << denied;
    EXPECT_TRUE(denied.err.contains("Read-only file system")) << denied;

    EXPECT_TRUE(isVerified(m_place, target));
    for (const QStringList &words :
         {QStringList{u"ls"_s, target},
          {u"stats"_s, target},
          {u"tar"_s, target, path(u"out.tar"_s)},
          {u"select"_s, target, path(u"small"_s), u"--list"_s, path(u"images.txt"_s)}}) {
        const Outcome outcome = m_place.run(words);
        EXPECT_EQ(outcome.exitStatus, 0) << outcome;
    }
}

} // namespace
} // namespace layerpool::test
