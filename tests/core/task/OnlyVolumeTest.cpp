// SPDX-License-Identifier: Apache-2.0
#include "bundle/BundleSidecars.h"
#include "bundle/BundleVolumes.h"
#include "core/task/ImportTest.h"
#include "task/TarPlan.h"

// One volume of a bundle made anew, as it was among all of them.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

class OnlyVolumeTest : public ImportTest
{
protected:
    void SetUp() override
    {
        m_a = m_samples.add(u"team/a"_s, u"v1"_s, {.kind = SampleKind::OciIndex, .layerBytes = 40'000});
        m_samples.add(u"team/b"_s, u"v1"_s, {.kind = SampleKind::DockerManifest, .layerBytes = 20'000});
    }

    Result<TarPlan> plan(const QString &target, qint64 volumeBytes, int onlyVolume = 0) const
    {
        const auto index = readPool(m_source.path());
        TarRequest request{.name = u"all"_s, .target = target, .volumeBytes = volumeBytes};
        request.onlyVolume = onlyVolume;
        return planTar(index, Selection::ofAll(*index), std::move(request));
    }
    TaskResult pack(const QString &target, qint64 volumeBytes, int onlyVolume = 0)
    {
        Result<TarPlan> planned = plan(target, volumeBytes, onlyVolume);
        EXPECT_TRUE(isOk(planned));
        return planned ? TarTask(*std::move(planned)).run(m_recorder.context()) : TaskResult();
    }
    static QByteArray bytesIn(const QString &file)
    {
        QFile read(file);
        EXPECT_TRUE(read.open(QIODevice::ReadOnly)) << file.toStdString();
        return read.readAll();
    }
    /// Other bytes of the same size.
    void spoil(const Digest &blob) const
    {
        QFile file(m_samples.blobPath(blob));
        const qint64 size = file.size();
        ASSERT_TRUE(file.open(QIODevice::WriteOnly) && file.write(QByteArray(size, 'x')) == size);
    }

    Sample m_a;
};

TEST_F(OnlyVolumeTest, IsAsItWasInAnyPlaceAndSize)
{
    for (const auto &[name, size] : {std::pair(u"small.tar"_s, 10'001LL), std::pair(u"large.tar"_s, 65'536LL),
                                     std::pair(u"packed.tar.zst"_s, 50'000LL)}) {
        const QString bundle = path(name);
        ASSERT_TRUE(pack(bundle, size).isClean());
        const QByteArray sums = bytesIn(sumsPathOf(bundle));
        const auto count = static_cast<int>(volumesOf(bundle).size());
        ASSERT_GT(count, 2);
        for (const int number : {1, 2, count - 1, count}) {
            const QString volume = volumeThere(bundle, number);
            const QByteArray before = bytesIn(volume);
            ASSERT_TRUE(QFile::remove(volume));
            const TaskResult result = pack(bundle, size, number);
            EXPECT_TRUE(result.isClean());
            EXPECT_EQ(result.bytesWritten, before.size());
            EXPECT_EQ(result.imagesDone, 0) << "it holds parts of images";
            EXPECT_TRUE(result.made);
            EXPECT_TRUE(bytesIn(volume) == before) << volume.toStdString();
        }
        EXPECT_EQ(bytesIn(sumsPathOf(bundle)), sums);
        EXPECT_EQ(volumesOf(bundle).size(), count);
    }
}

TEST_F(OnlyVolumeTest, LeavesTheOthersAndWhatIsThereAlone)
{
    const QString bundle = path(u"all.tar"_s);
    ASSERT_TRUE(pack(bundle, 65'536).isClean());
    const Result<TarPlan> taken = plan(bundle, 65'536, 2);
    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().kind, ErrorKind::Conflict);
    EXPECT_TRUE(taken.error().what.contains(u"all.tar.002"_s));

    const TaskResult elsewhere = pack(path(u"there/all.tar"_s), 65'536, 2);
    EXPECT_TRUE(elsewhere.isClean());
    EXPECT_EQ(QDir(path(u"there"_s)).entryList(QDir::Files), (QStringList{u"all.tar.002"_s}));
    EXPECT_TRUE(bytesIn(path(u"there/all.tar.002"_s)) == bytesIn(path(u"all.tar.002"_s)));
    EXPECT_TRUE(elsewhere.notes.join(u' ').contains(u"all.sha256 is not beside it"_s));
}

TEST_F(OnlyVolumeTest, ReadsNoBlobThatLiesInOthers)
{
    const QString bundle = path(u"all.tar"_s);
    ASSERT_TRUE(pack(bundle, 65'536).isClean());
    const QByteArray blob = bytesIn(m_samples.blobPath(m_a.amd64().layers.back()));
    const auto count = static_cast<int>(volumesOf(bundle).size());
    QByteArray whole;
    for (const QString &volume : volumesOf(bundle)) {
        whole += bytesIn(volume);
    }
    const qint64 at = whole.indexOf(blob);
    ASSERT_GE(at, 0);
    spoil(m_a.amd64().layers.back());
    const auto first = static_cast<int>(at / 65'536) + 1;
    const auto last = static_cast<int>((at + blob.size() - 1) / 65'536) + 1;
    for (int number = 1; number <= count; ++number) {
        ASSERT_TRUE(QFile::remove(volumeThere(bundle, number)));
        const TaskResult result = pack(bundle, 65'536, number);
        const bool holdsIt = number >= first && number <= last;
        EXPECT_EQ(result.isClean(), !holdsIt) << number;
        EXPECT_EQ(volumeThere(bundle, number).isEmpty(), holdsIt) << number;
    }
}

TEST_F(OnlyVolumeTest, IsRefusedWhereItWouldBeAnother)
{
    const QString bundle = path(u"all.tar"_s);
    ASSERT_TRUE(pack(bundle, 65'536).isClean());
    ASSERT_TRUE(QFile::remove(path(u"all.tar.002"_s)));
    const TaskResult size = pack(bundle, 65'537, 2);
    ASSERT_TRUE(size.stopped);
    EXPECT_EQ(size.stopped->kind, ErrorKind::BadInput);
    EXPECT_TRUE(size.stopped->why.contains(u"all.tar.002"_s)) << size.stopped->why.toStdString();
    const TaskResult beyond = pack(bundle, 65'536, 100);
    ASSERT_TRUE(beyond.stopped);
    EXPECT_TRUE(beyond.stopped->what.contains(u"has no volume 100"_s));

    m_samples.add(u"team/c"_s, u"v1"_s);
    const TaskResult changed = pack(bundle, 65'536, 2);
    ASSERT_TRUE(changed.stopped);
    EXPECT_EQ(changed.stopped->kind, ErrorKind::BadInput);
    EXPECT_TRUE(changed.stopped->why.contains(u"all.index.json"_s)) << changed.stopped->why.toStdString();
    EXPECT_FALSE(QFile::exists(path(u"all.tar.002"_s)));
    EXPECT_EQ(QDir(path({})).entryList({u".layerpool-*"_s}, QDir::AllEntries | QDir::Hidden), QStringList());
}

TEST_F(OnlyVolumeTest, WithoutSumsIsHeldToTheOthersAndTheIndex)
{
    const QString bundle = path(u"all.tar"_s);
    ASSERT_TRUE(pack(bundle, 65'536).isClean());
    const QByteArray second = bytesIn(path(u"all.tar.002"_s));
    const QByteArray index = bytesIn(indexPathOf(bundle));
    for (const QString &gone : {path(u"all.tar.002"_s), sumsPathOf(bundle), indexPathOf(bundle)}) {
        ASSERT_TRUE(QFile::remove(gone));
    }
    const TaskResult size = pack(bundle, 70'000, 2);
    ASSERT_TRUE(size.stopped);
    EXPECT_EQ(size.stopped->kind, ErrorKind::BadInput);
    EXPECT_TRUE(size.stopped->why.contains(u"has 65536 bytes, and would have 70000"_s))
        << size.stopped->why.toStdString();
    ASSERT_TRUE(pack(bundle, 65'536, 2).isClean());
    EXPECT_TRUE(bytesIn(path(u"all.tar.002"_s)) == second);

    ASSERT_TRUE(QFile::remove(path(u"all.tar.002"_s)));
    write(index, u"all.index.json"_s);
    m_samples.add(u"team/c"_s, u"v1"_s);
    const TaskResult changed = pack(bundle, 65'536, 2);
    ASSERT_TRUE(changed.stopped);
    EXPECT_EQ(changed.stopped->why, u"all.index.json lists other content"_s);
    EXPECT_FALSE(QFile::exists(path(u"all.tar.002"_s)));
}

TEST_F(OnlyVolumeTest, SumsThatSomebodyMadeOfTheVolumesAloneAreEnough)
{
    const QString bundle = path(u"all.tar"_s);
    ASSERT_TRUE(pack(bundle, 65'536).isClean());
    QByteArray sums;
    for (const QByteArray &line : bytesIn(sumsPathOf(bundle)).split('\n')) {
        sums += line.contains("all.tar.") ? line + '\n' : QByteArray();
    }
    write(sums, u"all.sha256"_s);
    ASSERT_TRUE(QFile::remove(path(u"all.tar.002"_s)));
    EXPECT_TRUE(pack(bundle, 65'536, 2).isClean());
}

} // namespace
} // namespace layerpool::test
