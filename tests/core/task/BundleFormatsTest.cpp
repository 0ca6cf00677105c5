// SPDX-License-Identifier: Apache-2.0
#include "bundle/BundleSidecars.h"
#include "bundle/BundleVolumes.h"
#include "core/task/ImportTest.h"
#include "task/TarPlan.h"

// Every format, in one file and in volumes: what a pool has comes into another byte for byte.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

class BundleFormatsTest : public ImportTest
{
protected:
    void SetUp() override
    {
        m_a = m_samples.add(u"team/a"_s, u"v1"_s, {.kind = SampleKind::OciIndex, .layerBytes = 40'000});
        m_samples.add(u"team/b"_s, u"v1"_s, {.kind = SampleKind::DockerManifest, .layerBytes = 20'000});
    }

    TaskResult pack(const QString &poolPath, const QString &target, qint64 volumeBytes = 0,
                    bool replaces = false)
    {
        const auto index = readPool(poolPath);
        Result<TarPlan> planned =
            planTar(index, Selection::ofAll(*index),
                    {.name = u"all"_s, .target = target, .replaces = replaces, .volumeBytes = volumeBytes});
        EXPECT_TRUE(isOk(planned));
        TaskResult result = TarTask(*std::move(planned)).run(m_recorder.context());
        EXPECT_TRUE(result.isClean());
        return result;
    }
    QByteArray bytesOf(const QString &file) const
    {
        QFile read(file);
        EXPECT_TRUE(read.open(QIODevice::ReadOnly)) << file.toStdString();
        return read.readAll();
    }
    QByteArray joined(const QString &bundle) const
    {
        QByteArray all;
        for (const QString &volume : volumesOf(bundle)) {
            all += bytesOf(volume);
        }
        return all;
    }
    /// Into a pool that is not there yet, and out of it again.
    void expectWholeFrom(const QString &source)
    {
        QDir(pool()).removeRecursively();
        const TaskResult result = imported(source);
        EXPECT_EQ(result.imagesDone, 2) << source.toStdString();
        EXPECT_TRUE(images() == treeOf(m_source.filePath(u"docker"_s))) << source.toStdString();
    }

    Sample m_a;
};

TEST_F(BundleFormatsTest, EveryFormatGoesThereAndBack)
{
    for (const QString &name : {u"plain.tar"_s, u"gzip.tar.gz"_s, u"zstd.tar.zst"_s, u"zip.zip"_s}) {
        pack(m_source.path(), path(name));
        expectWholeFrom(path(name));
    }
}

TEST_F(BundleFormatsTest, TheSameFromAPoolThatWasFilledInAnotherOrder)
{
    QTemporaryDir other;
    SampleRegistry samples(other.path());
    samples.add(u"team/b"_s, u"v1"_s, {.kind = SampleKind::DockerManifest, .layerBytes = 20'000});
    samples.add(u"team/a"_s, u"v1"_s, {.kind = SampleKind::OciIndex, .layerBytes = 40'000});
    for (const QString &name : {u"plain.tar"_s, u"gzip.tar.gz"_s, u"zstd.tar.zst"_s, u"zip.zip"_s}) {
        pack(m_source.path(), path(u"a-"_s + name));
        pack(other.path(), path(u"b-"_s + name));
        EXPECT_TRUE(bytesOf(path(u"a-"_s + name)) == bytesOf(path(u"b-"_s + name))) << name.toStdString();
    }
}

// Cut inside headers, inside blobs, at their edges.
TEST_F(BundleFormatsTest, VolumesOfAnySizeAreTheTar)
{
    pack(m_source.path(), path(u"whole.tar"_s));
    const QByteArray whole = bytesOf(path(u"whole.tar"_s));
    for (const qint64 size : {700LL, 10'001LL, 65'536LL, whole.size() - 1LL, whole.size() + 0LL}) {
        const QString name = path(u"b%1.tar"_s.arg(size));
        pack(m_source.path(), name, size);
        const QStringList volumes = volumesOf(name);
        EXPECT_EQ(volumes.size(), (whole.size() + size - 1) / size);
        EXPECT_EQ(QFileInfo(volumes.first()).size(), size);
        EXPECT_FALSE(QFileInfo::exists(name));
        EXPECT_TRUE(joined(name) == whole) << size;
        expectWholeFrom(size == 700 ? volumes.at(volumes.size() / 2) : volumes.first());
        expectWholeFrom(name);
    }
}

TEST_F(BundleFormatsTest, APackedTarMayLieInVolumesToo)
{
    pack(m_source.path(), path(u"b.tar.zst"_s), 50'000);
    EXPECT_GT(volumesOf(path(u"b.tar.zst"_s)).size(), 1);
    expectWholeFrom(path(u"b.tar.zst.002"_s));
}

TEST_F(BundleFormatsTest, TheNumbersOfVolumesHaveAsManyDigitsAsTheyNeed)
{
    EXPECT_EQ(volumeName(u"b.tar"_s, 1, 999), u"b.tar.001"_s);
    EXPECT_EQ(volumeName(u"b.tar"_s, 1, 1000), u"b.tar.0001"_s);
    EXPECT_FALSE(VolumeName::parse(u"b.tar"_s));
    EXPECT_FALSE(VolumeName::parse(u"b.tar.01"_s));
    EXPECT_FALSE(VolumeName::parse(u"b.tar.000"_s));
    EXPECT_FALSE(VolumeName::parse(u"b.tar.0x1"_s));
    EXPECT_FALSE(VolumeName::parse(u"b.tar.+01"_s));
    EXPECT_EQ(VolumeName::parse(u"/d/b.tar.0012"_s)->number, 12);
    EXPECT_EQ(VolumeName::parse(u"/d/b.tar.0012"_s)->bundle, u"/d/b.tar"_s);
}

TEST_F(BundleFormatsTest, AVolumeThatLacksIsNamed)
{
    pack(m_source.path(), path(u"b.tar"_s), 100'000);
    const qsizetype count = volumesOf(path(u"b.tar"_s)).size();
    ASSERT_GE(count, 4);
    ASSERT_TRUE(QFile::rename(path(u"b.tar.002"_s), path(u"away"_s)));
    const Result<ImportPlan> gap = plan(path(u"b.tar.001"_s));
    ASSERT_TRUE(isError(gap, ErrorKind::NotFound));
    EXPECT_EQ(gap.error().why, u"b.tar.002"_s);
    EXPECT_EQ(missingVolumes(path(u"b.tar.003"_s)), QStringList{u"b.tar.002"_s});
    ASSERT_TRUE(QFile::rename(path(u"away"_s), path(u"b.tar.002"_s)));
    ASSERT_TRUE(QDir().mkpath(path(u"disc"_s)));
    ASSERT_TRUE(QFile::copy(path(u"b.tar.002"_s), path(u"disc/b.tar.002"_s)));
    EXPECT_EQ(bundleFiles(path(u"disc/b.tar.002"_s)).error().why, u"b.tar.001"_s) << "it lies there alone";
    ASSERT_TRUE(QFile::rename(volumesOf(path(u"b.tar"_s)).last(), path(u"away"_s)));
    const Result<ImportPlan> end = plan(path(u"b.tar.001"_s));
    ASSERT_TRUE(isError(end, ErrorKind::BadInput));
    EXPECT_TRUE(end.error().sentence().contains(volumeName(u"b.tar"_s, std::size_t(count), 1)))
        << end.error().sentence().toStdString();
    ASSERT_TRUE(QFile::rename(path(u"away"_s), path(volumeName(u"b.tar"_s, std::size_t(count), 1))));
    QFile second(path(u"b.tar.002"_s));
    ASSERT_TRUE(second.resize(99'999));
    EXPECT_TRUE(isError(plan(path(u"b.tar.001"_s)), ErrorKind::BadInput));
}

TEST_F(BundleFormatsTest, AZipIsNotWrittenInVolumes)
{
    const auto index = readPool(m_source.path());
    const auto planned = planTar(index, Selection::ofAll(*index),
                                 {.name = u"all"_s, .target = path(u"b.zip"_s), .volumeBytes = 100'000});
    EXPECT_TRUE(isError(planned, ErrorKind::Unsupported));
    const auto other =
        planTar(index, Selection::ofAll(*index), {.name = u"all"_s, .target = path(u"b.rar"_s)});
    ASSERT_TRUE(isError(other, ErrorKind::Unsupported));
    EXPECT_TRUE(other.error().hint.contains(u".tar.zst"_s));
}

TEST_F(BundleFormatsTest, ABundleIsNotReplacedUnaskedAndNoVolumeOfItStays)
{
    pack(m_source.path(), path(u"b.tar"_s), 65'536);
    const QStringList before = volumesOf(path(u"b.tar"_s));
    const auto index = readPool(m_source.path());
    EXPECT_TRUE(isError(planTar(index, Selection::ofAll(*index),
                                {.name = u"all"_s, .target = path(u"b.tar"_s), .volumeBytes = 200'000}),
                        ErrorKind::Conflict));
    write("approved", u"b.report.pdf"_s); // somebody saved it, and may have signed it
    EXPECT_TRUE(
        pack(m_source.path(), path(u"b.tar"_s), 200'000, true).notes.join(u' ').contains(u"b.report.pdf"_s));
    EXPECT_EQ(bytesOf(path(u"b.report.pdf"_s)), "approved");
    EXPECT_LT(volumesOf(path(u"b.tar"_s)).size(), before.size());
    expectWholeFrom(path(u"b.tar.001"_s));
}

TEST_F(BundleFormatsTest, ABlobThatIsBadStopsItAndNothingIsLeft)
{
    const Digest bad = m_a.amd64().layers.front();
    QFile blob(m_samples.blobPath(bad));
    ASSERT_TRUE(blob.open(QIODevice::ReadWrite) && blob.seek(100) && blob.putChar('!'));
    blob.close();
    const QStringList before = QDir(m_out.path()).entryList(QDir::AllEntries | QDir::Hidden);
    const auto index = readPool(m_source.path());
    for (const QString &name : {u"b.tar"_s, u"b.tar.zst"_s, u"b.zip"_s}) {
        Result<TarPlan> planned = planTar(index, Selection::ofAll(*index),
                                          {.name = u"all"_s, .target = path(name), .volumeBytes = 0});
        ASSERT_TRUE(isOk(planned));
        const TaskResult result = TarTask(*std::move(planned)).run(m_recorder.context());
        ASSERT_TRUE(result.stopped) << name.toStdString();
        EXPECT_EQ(result.stopped->kind, ErrorKind::Corrupt);
        EXPECT_TRUE(result.stopped->what.contains(bad.toString()));
        EXPECT_EQ(QDir(m_out.path()).entryList(QDir::AllEntries | QDir::Hidden), before);
    }
}

TEST_F(BundleFormatsTest, WhatWasMadeIsFoundByItsFolderAndReport)
{
    const TaskResult result = pack(m_source.path(), path(u"b.tar"_s), 100'000);
    ASSERT_TRUE(result.made);
    EXPECT_EQ(result.made->folder, QFileInfo(path(u"b.tar"_s)).absolutePath());
    EXPECT_EQ(result.made->report, path(u"b.report.html"_s));
    EXPECT_TRUE(QFileInfo::exists(result.made->report));
}

// x.tar and x.zip have one NAME: whoever replaced the one's sums would leave the other without.
TEST_F(BundleFormatsTest, WhatLiesBesideAnotherBundleIsNotTakenOver)
{
    pack(m_source.path(), path(u"x.tar"_s), 100'000);
    const QByteArray sums = bytesOf(path(u"x.sha256"_s));
    const auto index = readPool(m_source.path());
    for (const QString &name : {u"x.zip"_s, u"x.tar.zst"_s}) {
        for (const bool replaces : {false, true}) {
            const auto planned = planTar(index, Selection::ofAll(*index),
                                         {.name = u"all"_s, .target = path(name), .replaces = replaces});
            ASSERT_TRUE(isError(planned, ErrorKind::Conflict)) << name.toStdString();
            EXPECT_TRUE(planned.error().why.contains(u"x.tar.001"_s))
                << planned.error().sentence().toStdString();
        }
    }
    pack(m_source.path(), path(u"x.tar"_s), 0, true); // its own it may replace
    EXPECT_FALSE(bytesOf(path(u"x.sha256"_s)) == sums);
    ASSERT_TRUE(QFile::remove(path(u"x.tar"_s)));
    pack(m_source.path(), path(u"x.zip"_s), 0, true);
    EXPECT_TRUE(bytesOf(path(u"x.sha256"_s)).contains("  x.zip\n"));
}

TEST_F(BundleFormatsTest, ABundleWrittenSinceThePlanKeepsWhatLiesBesideIt)
{
    const auto index = readPool(m_source.path());
    Result<TarPlan> planned = planTar(index, Selection::ofAll(*index),
                                      {.name = u"all"_s, .target = path(u"x.zip"_s), .replaces = true});
    ASSERT_TRUE(isOk(planned));
    pack(m_source.path(), path(u"x.tar"_s));
    const QByteArray sums = bytesOf(path(u"x.sha256"_s));
    const TaskResult result = TarTask(*std::move(planned)).run(m_recorder.context());
    ASSERT_TRUE(result.stopped);
    EXPECT_EQ(result.stopped->kind, ErrorKind::Conflict);
    EXPECT_TRUE(bytesOf(path(u"x.sha256"_s)) == sums);
    EXPECT_FALSE(QFileInfo::exists(path(u"x.zip"_s)));
}

// Sums that somebody made by hand name the bundle as he wrote it, and what else lies there.
TEST_F(BundleFormatsTest, SumsMadeByHandAreOfNoOtherBundleByOtherLines)
{
    QByteArray sums;
    for (const QByteArray &name :
         {QByteArray("./x.tar"), QByteArray("x.README.txt"), QByteArray("y.tar"),
          QByteArray("../") + QFileInfo(m_out.path()).fileName().toUtf8() + "/x.zip"}) {
        sums += QByteArray(64, '0') + "  " + name + '\n';
    }
    for (const QString &name : {u"x.tar"_s, u"x.README.txt"_s, u"y.tar"_s, u"x.zip"_s}) {
        write("bytes", name);
    }
    write(sums, u"x.sha256"_s);
    EXPECT_TRUE(isOk(checkNameIsFree(path(u"x.tar"_s))));
    const Status other = checkNameIsFree(path(u"x.zip"_s));
    ASSERT_TRUE(isError(other, ErrorKind::Conflict));
    EXPECT_TRUE(other.error().why.contains(u"those of x.tar"_s)) << other.error().why.toStdString();
}

} // namespace
} // namespace layerpool::test
