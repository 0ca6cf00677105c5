// SPDX-License-Identifier: Apache-2.0
#include "pool/PoolWriter.h"

#include "base/Digester.h"
#include "pool/PoolLayout.h"
#include "support/SampleImages.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace layerpool::test {
namespace {

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("no such file");
}

void overwrite(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    ASSERT_EQ(file.write(bytes), bytes.size());
}

ino_t inodeOf(const QString &path)
{
    struct stat info
    {
    };
    return ::stat(QFile::encodeName(path).constData(), &info) == 0 ? info.st_ino : 0;
}

class PoolWriterTest : public testing::Test
{
protected:
    void SetUp() override
    {
        Result<Pool> opened = Pool::openOrCreate(m_directory.filePath(QStringLiteral("pool")));
        ASSERT_TRUE(opened);
        m_pool = *std::move(opened);
    }

    std::unique_ptr<PoolWriter> begin() const
    {
        Result<std::unique_ptr<PoolWriter>> writer = PoolWriter::begin(*m_pool);
        EXPECT_TRUE(writer);
        return writer ? *std::move(writer) : nullptr;
    }

    static void put(PoolWriter &writer, const QByteArray &bytes)
    {
        Result<std::unique_ptr<StagedBlob>> blob = writer.stage(Digester::of(bytes), bytes.size(), {});
        ASSERT_TRUE(blob);
        ASSERT_TRUE((*blob)->append(bytes));
        ASSERT_TRUE((*blob)->finish());
        writer.add(*std::move(blob));
    }

    static void shelve(PoolWriter &writer, const QByteArray &bytes)
    {
        Result<std::unique_ptr<StagedBlob>> blob = writer.stage(Digester::of(bytes), bytes.size(), {});
        ASSERT_TRUE(blob);
        ASSERT_TRUE((*blob)->append(bytes));
        ASSERT_TRUE((*blob)->finish());
        ASSERT_TRUE(writer.shelf().take(*std::move(blob)));
    }

    ImageLinks image(const QByteArray &bytes, const QString &tag = QStringLiteral("v1")) const
    {
        const Digest digest = Digester::of(bytes);
        return {m_name, tag, digest, {digest}, {Digester::of("layer")}};
    }

    QString path(const QByteArray &relative) const { return m_pool->files().pathOf(relative); }
    QString blobPath(const QByteArray &bytes) const { return path(layout::blob(Digester::of(bytes))); }

    QTemporaryDir m_directory;
    std::optional<Pool> m_pool;
    RepositoryName m_name = *RepositoryName::parse(u"team/app");
};

TEST_F(PoolWriterTest, APoolWhoseMakingWasCutOffIsMadeAgain)
{
    const QString begun = m_directory.filePath(QStringLiteral("begun"));
    for (const QString &folder : {QStringLiteral("docker"), QStringLiteral("docker/registry")}) {
        ASSERT_TRUE(QDir().mkpath(begun + QLatin1Char('/') + folder));
        EXPECT_TRUE(Pool::wouldCreate(begun));
    }
    EXPECT_TRUE(isOk(Pool::openOrCreate(begun)));
    EXPECT_FALSE(Pool::wouldCreate(begun));
    ASSERT_TRUE(QDir().mkpath(m_directory.filePath(QStringLiteral("other/docker/compose"))));
    EXPECT_TRUE(
        isError(Pool::openOrCreate(m_directory.filePath(QStringLiteral("other"))), ErrorKind::Conflict));
}

TEST_F(PoolWriterTest, WritesExactlyTheLinksThatARegistryNeeds)
{
    const auto writer = begin();
    put(*writer, "layer");
    put(*writer, "manifest");
    ASSERT_TRUE(writer->commit({image("manifest")}));

    const Digest layer = Digester::of("layer");
    const Digest manifest = Digester::of("manifest");
    const QByteArray tag = layout::tag(m_name, QStringLiteral("v1"));
    EXPECT_EQ(contents(blobPath("layer")), "layer");
    EXPECT_EQ(contents(path(layout::layerLink(m_name, layer))), layer.toByteArray());
    EXPECT_EQ(contents(path(layout::revisionLink(m_name, manifest))), manifest.toByteArray());
    EXPECT_EQ(contents(path(tag + '/' + layout::tagIndexLink(manifest))), manifest.toByteArray());
    EXPECT_EQ(contents(path(tag + "/current/link")), manifest.toByteArray());
    EXPECT_EQ(contents(path(tag + "/current/link")).size(), 71) << "no newline";
}

TEST_F(PoolWriterTest, NothingHasItsFinalNameBeforeTheCommit)
{
    const auto writer = begin();
    put(*writer, "layer");
    EXPECT_FALSE(m_pool->hasBlob(Digester::of("layer")));
    ASSERT_TRUE(writer->commit({}));
    EXPECT_TRUE(m_pool->hasBlob(Digester::of("layer")));
}

TEST_F(PoolWriterTest, WhatIsOnTheShelfIsPublishedByTheNextCommit)
{
    const auto writer = begin();
    shelve(*writer, "layer");
    shelve(*writer, "not wanted");
    EXPECT_EQ(writer->shelf().blobSize(Digester::of("layer")), 5);
    EXPECT_FALSE(m_pool->hasBlob(Digester::of("layer")));
    writer->shelf().keepOnly(DigestSet({Digester::of("layer")}));
    ASSERT_TRUE(writer->commit({}));
    EXPECT_EQ(contents(blobPath("layer")), "layer");
    EXPECT_FALSE(m_pool->hasBlob(Digester::of("not wanted")));
    EXPECT_TRUE(writer->shelf().empty());
}

// Another writer that fetches the same blob must not write into it meanwhile.
TEST_F(PoolWriterTest, WhatIsOnTheShelfIsItsWritersAlone)
{
    const auto writer = begin();
    shelve(*writer, "layer");
    const auto other = begin();
    const auto blob = other->stage(Digester::of("layer"), 5, {});
    ASSERT_TRUE(isOk(blob));
    EXPECT_EQ((*blob)->received(), 0);
    put(*other, "layer");
    ASSERT_TRUE(other->commit({}));
    ASSERT_TRUE(isOk(writer->commit({})));
    EXPECT_EQ(contents(blobPath("layer")), "layer");
}

TEST_F(PoolWriterTest, WhatIsLeftOnTheShelfIsThereForALaterRun)
{
    {
        const auto writer = begin();
        shelve(*writer, "layer");
    }
    const auto next = begin();
    const auto blob = next->stage(Digester::of("layer"), 5, {});
    ASSERT_TRUE(isOk(blob));
    EXPECT_EQ((*blob)->received(), 5);
    EXPECT_TRUE(isOk((*blob)->finish()));
}

TEST_F(PoolWriterTest, SoIsTheShelfOfAWriterThatWasKilled)
{
    begin(); // makes the folders
    const QByteArray dead = QByteArray(layout::sessions) + "/dead";
    ASSERT_TRUE(m_pool->files().makeDirectories(dead));
    ASSERT_TRUE(m_pool->files().writeFile(dead + "/sha256-" + Digester::of("layer").hex(), "layer"));
    ASSERT_TRUE(m_pool->files().writeFile(dead + "/0", "a link"));
    const auto next = begin();
    EXPECT_FALSE(m_pool->files().isDirectory(dead));
    EXPECT_EQ(contents(path(StagedBlob::nameOf(Digester::of("layer")))), "layer");
}

TEST_F(PoolWriterTest, AMovedTagKeepsItsHistory)
{
    const auto writer = begin();
    put(*writer, "layer");
    put(*writer, "first");
    ASSERT_TRUE(writer->commit({image("first")}));
    put(*writer, "second");
    ASSERT_TRUE(writer->commit({image("second")}));

    const QByteArray tag = layout::tag(m_name, QStringLiteral("v1"));
    EXPECT_EQ(contents(path(tag + "/current/link")), Digester::of("second").toByteArray());
    for (const char *bytes : {"first", "second"}) {
        EXPECT_TRUE(QFileInfo::exists(path(tag + '/' + layout::tagIndexLink(Digester::of(bytes))))) << bytes;
    }
}

TEST_F(PoolWriterTest, TwoWritersOfOneTagBothFinish)
{
    const auto one = begin();
    const auto other = begin();
    put(*one, "layer");
    put(*one, "manifest");
    put(*other, "layer"); // the staged file is the other's: a second one is made
    put(*other, "manifest");
    ASSERT_TRUE(one->commit({image("manifest")}));
    ASSERT_TRUE(other->commit({image("manifest")}));
    EXPECT_EQ(contents(blobPath("layer")), "layer");
    EXPECT_TRUE(QDir(path(layout::partial)).isEmpty()) << "what came second is taken away";
}

TEST_F(PoolWriterTest, AnInterruptedBlobGoesOnFromWhatIsThere)
{
    const QByteArray bytes(3000, 'x');
    {
        const auto writer = begin();
        Result<std::unique_ptr<StagedBlob>> blob = writer->stage(Digester::of(bytes), bytes.size(), {});
        ASSERT_TRUE(blob);
        ASSERT_TRUE((*blob)->append(QByteArrayView(bytes).first(1000)));
    }
    const auto writer = begin();
    Result<std::unique_ptr<StagedBlob>> blob = writer->stage(Digester::of(bytes), bytes.size(), {});
    ASSERT_TRUE(blob);
    EXPECT_EQ((*blob)->received(), 1000);
    ASSERT_TRUE((*blob)->append(QByteArrayView(bytes).sliced(1000)));
    EXPECT_TRUE((*blob)->finish()) << "the part was hashed again";
}

TEST_F(PoolWriterTest, WrongBytesAreRefused)
{
    const auto writer = begin();
    const Digest digest = Digester::of("right");
    Result<std::unique_ptr<StagedBlob>> blob = writer->stage(digest, 5, {});
    ASSERT_TRUE(blob);
    ASSERT_TRUE((*blob)->append("wrong"));
    const Status finished = (*blob)->finish();
    ASSERT_FALSE(finished);
    EXPECT_EQ(finished.error().kind, ErrorKind::Corrupt);

    ASSERT_TRUE((*blob)->restart());
    ASSERT_TRUE((*blob)->append("righ"));
    EXPECT_EQ((*blob)->finish().error().kind, ErrorKind::Corrupt) << "too short";
    EXPECT_EQ((*blob)->append("more").error().kind, ErrorKind::Corrupt) << "too long";
}

TEST_F(PoolWriterTest, AFileThatCannotBeTheBlobIsReplaced)
{
    const auto writer = begin();
    ASSERT_TRUE(QDir().mkpath(QFileInfo(blobPath("layer")).path()));
    overwrite(blobPath("layer"), "short");
    overwrite(blobPath("layer"), {});
    put(*writer, "layer");
    ASSERT_TRUE(writer->commit({}));
    EXPECT_EQ(contents(blobPath("layer")), "layer");
}

TEST_F(PoolWriterTest, ADamagedLinkIsMended)
{
    const auto writer = begin();
    put(*writer, "layer");
    put(*writer, "manifest");
    ASSERT_TRUE(writer->commit({image("manifest")}));
    const QString link = path(layout::layerLink(m_name, Digester::of("layer")));
    overwrite(link, {}); // a registry answers 500 to it
    ASSERT_TRUE(writer->commit({image("manifest")}));
    EXPECT_EQ(contents(link), Digester::of("layer").toByteArray());
}

TEST_F(PoolWriterTest, WhatAKilledWriterLeftIsSweptAndARunningOneIsNot)
{
    const auto running = begin();
    const QString left = path(QByteArray(layout::sessions) + "/left");
    ASSERT_TRUE(QDir().mkpath(left + QStringLiteral("/12")));
    const auto next = begin();
    EXPECT_FALSE(QFileInfo::exists(left));
    put(*running, "layer");
    put(*running, "manifest");
    EXPECT_TRUE(running->commit({image("manifest")})) << "its own folder is still there";
}

TEST_F(PoolWriterTest, FollowsNoSymbolicLinkOutOfThePool)
{
    const auto writer = begin();
    const QString outside = m_directory.filePath(QStringLiteral("outside"));
    ASSERT_TRUE(QDir().mkpath(outside));
    const QString planted = path(layout::repository(*RepositoryName::parse(u"team")));
    ASSERT_TRUE(QFile::link(outside, planted));
    put(*writer, "layer");
    put(*writer, "manifest");
    EXPECT_FALSE(writer->commit({image("manifest")}));
    EXPECT_TRUE(QDir(outside).isEmpty());
}

TEST_F(PoolWriterTest, AfterAFailedCommitNothingIsPublishedAnyMore)
{
    const auto writer = begin();
    ASSERT_TRUE(QFile::link(m_directory.path(), path(layout::repository(*RepositoryName::parse(u"team")))));
    put(*writer, "layer");
    put(*writer, "manifest");
    ASSERT_FALSE(writer->commit({image("manifest")}));
    ImageLinks other = image("manifest");
    other.repository = *RepositoryName::parse(u"other");
    EXPECT_FALSE(writer->commit({other})) << "what was added before may be lost";
    EXPECT_FALSE(*m_pool->tagDigest(other.repository, other.tag));
}

TEST_F(PoolWriterTest, AdoptsNoBlobOfAnotherSize)
{
    const auto writer = begin();
    put(*writer, "layer");
    ASSERT_TRUE(writer->commit({}));
    const Result<Pool> small = Pool::openOrCreate(m_directory.filePath(QStringLiteral("small")));
    ASSERT_TRUE(small);
    const auto target = PoolWriter::begin(*small);
    ASSERT_TRUE(target);
    overwrite(blobPath("layer"), "lay");
    const auto adopted = (*target)->adopt(*m_pool, Digester::of("layer"), 5, {});
    ASSERT_FALSE(adopted);
    EXPECT_EQ(adopted.error().kind, ErrorKind::Corrupt);
    EXPECT_FALSE(small->hasBlob(Digester::of("layer")));
}

TEST_F(PoolWriterTest, ASpareFileGoesWithItsWriter)
{
    const auto one = begin();
    const auto held = one->stage(Digester::of("layer"), 5, {});
    ASSERT_TRUE(held);
    {
        const auto spare = one->stage(Digester::of("layer"), 5, {});
        ASSERT_TRUE(spare);
        EXPECT_NE((*spare)->stagedName(), (*held)->stagedName());
        EXPECT_EQ(QDir(path(layout::partial)).entryList(QDir::Files).size(), 2);
    }
    EXPECT_EQ(QDir(path(layout::partial)).entryList(QDir::Files).size(), 1);
}

TEST_F(PoolWriterTest, WaitsForNobodyButGivesWayToWhoRemoves)
{
    ASSERT_TRUE(begin()); // makes the lock's file
    const UniqueFd remover(::open(QFile::encodeName(path(layout::lockFile)).constData(), O_RDWR | O_CLOEXEC));
    ASSERT_EQ(::flock(remover.get(), LOCK_EX | LOCK_NB), 0);
    const Result<std::unique_ptr<PoolWriter>> refused = PoolWriter::begin(*m_pool);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Conflict);
}

TEST_F(PoolWriterTest, AdoptsByHardLink)
{
    {
        const auto writer = begin();
        put(*writer, "layer");
        ASSERT_TRUE(writer->commit({}));
    }
    const Result<Pool> small = Pool::openOrCreate(m_directory.filePath(QStringLiteral("small")));
    ASSERT_TRUE(small);
    const Result<std::unique_ptr<PoolWriter>> writer = PoolWriter::begin(*small);
    ASSERT_TRUE(writer);
    const Digest digest = Digester::of("layer");
    const Result<PoolWriter::Adopted> adopted = (*writer)->adopt(*m_pool, digest, 5, {});
    ASSERT_TRUE(adopted);
    EXPECT_EQ(*adopted, PoolWriter::Adopted::Linked);
    EXPECT_EQ(inodeOf(small->files().pathOf(layout::blob(digest))), inodeOf(blobPath("layer")));
    EXPECT_EQ(*(*writer)->adopt(*m_pool, digest, 5, {}), PoolWriter::Adopted::WasThere);
}

TEST_F(PoolWriterTest, ABlobThatStartsAgainHoldsItsRoomAllTheSame)
{
    constexpr qint64 size = 4 * 1024 * 1024;
    const auto writer = begin();
    const Digest digest = Digester::of("whatever");
    Result<std::unique_ptr<StagedBlob>> blob = writer->stage(digest, size, {});
    ASSERT_TRUE(isOk(blob));
    const auto held = [&] { return m_pool->files().allocatedBytes(StagedBlob::nameOf(digest)); };
    if (held() < size) {
        GTEST_SKIP() << "this file system reserves no room";
    }
    ASSERT_TRUE(isOk((*blob)->append("some bytes")));
    ASSERT_TRUE(isOk((*blob)->restart()));
    EXPECT_GE(held(), size);
}

TEST_F(PoolWriterTest, RemembersAnIndexBesideThePool)
{
    SampleRegistry samples(m_directory.filePath(QStringLiteral("samples")));
    const Sample sample =
        samples.add(QStringLiteral("app"), QStringLiteral("v1"), {.kind = SampleKind::OciIndex});
    const Result<Manifest> index = Manifest::parse(sample.bytes);
    ASSERT_TRUE(index);
    EXPECT_FALSE(m_pool->seenIndex(index->digest()));
    const auto writer = begin();
    writer->rememberIndex(*index);
    ASSERT_TRUE(writer->commit({}));
    const Result<Manifest> seen = m_pool->seenIndex(index->digest());
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->bytes(), sample.bytes);
    EXPECT_FALSE(m_pool->hasBlob(index->digest())) << "a registry's garbage collection would take it";
}

} // namespace
} // namespace layerpool::test
