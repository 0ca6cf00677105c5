// SPDX-License-Identifier: Apache-2.0
#include "core/task/ImportTest.h"
#include "task/TarPlan.h"

// What comes of a bundle that is good, or may yet become so.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

class ImportTaskTest : public ImportTest
{
protected:
    static ImageSpec specOf(SampleKind kind)
    {
        ImageSpec spec;
        spec.kind = kind;
        spec.hasAttestation = kind == SampleKind::OciIndex;
        return spec;
    }
    void addAllKinds()
    {
        m_samples.add(u"team/a"_s, u"v1"_s, specOf(SampleKind::DockerManifest));
        m_samples.add(u"team/a"_s, u"v2"_s, specOf(SampleKind::DockerList));
        m_samples.add(u"team/a/below"_s, u"v1"_s, specOf(SampleKind::OciIndex));
        m_samples.add(u"plain"_s, u"latest"_s, specOf(SampleKind::OciManifest));
    }

    /// `layerpool-cli tar` of the whole pool.
    QString packed()
    {
        const auto index = readPool(pool());
        Result<TarPlan> planned = planTar(index, Selection::ofAll(*index),
                                          {.name = u"all"_s, .target = path(u"all.tar"_s), .replaces = true});
        EXPECT_TRUE(isOk(planned));
        EXPECT_TRUE(TarTask(*std::move(planned)).run(m_recorder.context()).isClean());
        return path(u"all.tar"_s);
    }
};

TEST_F(ImportTaskTest, ARegistrysStorageComesWhole)
{
    addAllKinds();
    const TaskResult result = imported(bundle());
    EXPECT_EQ(result.imagesDone, 4);
    EXPECT_EQ(result.bytesWritten, m_samples.blobBytes());
    EXPECT_EQ(m_recorder.count(TaskEvent::Kind::ImageDone), 4);
    EXPECT_EQ(images(), treeOf(m_source.filePath(u"docker"_s)));
}

TEST_F(ImportTaskTest, ThereAndBackEveryByteIsTheSame)
{
    addAllKinds();
    const Sample &signedOne = m_samples.add(u"team/signed"_s, u"v1"_s);
    m_samples.addSignature(u"team/signed"_s, signedOne.root);
    m_samples.addReferrer(u"team/signed"_s, signedOne.root);
    const TaskResult first = imported(bundle());
    EXPECT_EQ(first.imagesDone, 5) << "signatures are no images";
    EXPECT_EQ(first.referrers, 2);
    const Tree before = images();
    const QString tar = packed();
    ASSERT_TRUE(QDir(pool()).removeRecursively());
    imported(tar);
    EXPECT_EQ(images(), before);
}

TEST_F(ImportTaskTest, APoolKeepsWhatItHas)
{
    m_samples.add(u"team/a"_s, u"v1"_s);
    imported(bundle());
    const Sample &second = m_samples.add(u"team/b"_s, u"v1"_s);
    const TaskResult result = imported(bundle());
    EXPECT_EQ(result.imagesDone, 1);
    EXPECT_EQ(result.imagesSkipped, 1) << "the first is there already";
    EXPECT_GT(result.bytesReused, 0);
    EXPECT_EQ(result.bytesReused + result.bytesWritten, m_samples.blobBytes());
    EXPECT_EQ(tagOf(u"team/b"_s, u"v1"_s), second.root.toByteArray());
    EXPECT_EQ(images(), treeOf(m_source.filePath(u"docker"_s)));
}

TEST_F(ImportTaskTest, TheSameAgainWritesNothing)
{
    addAllKinds();
    const QString tar = bundle();
    imported(tar);
    const Tree before = treeOf(pool());
    const TaskResult again = imported(tar);
    EXPECT_EQ(again.imagesDone, 0);
    EXPECT_EQ(again.imagesSkipped, 4);
    EXPECT_EQ(again.bytesWritten, 0);
    EXPECT_EQ(treeOf(pool()), before);
}

TEST_F(ImportTaskTest, AnImageMayLeanOnThePool)
{
    m_samples.add(u"team/a"_s, u"v1"_s);
    imported(bundle());
    const Tree base = images();
    m_samples.add(u"team/b"_s, u"v1"_s);
    std::vector<RawEntry> rest = entries(); // what is new alone, as a differential bundle has it
    std::erase_if(rest, [&](const RawEntry &entry) {
        return base.contains(QString::fromLatin1(entry.name.sliced(7))) || entry.name.contains("team/a/");
    });
    const TaskResult result = imported(write(rawTar(rest)));
    EXPECT_EQ(result.imagesDone, 1);
    EXPECT_EQ(images(), treeOf(m_source.filePath(u"docker"_s)));
}

TEST_F(ImportTaskTest, TagsMoveOrStayAsAsked)
{
    const Sample &old = m_samples.add(u"team/a"_s, u"v1"_s);
    imported(bundle());
    ImageSpec other;
    other.seed = 7;
    const Sample &fresh = m_samples.add(u"team/a"_s, u"v1"_s, other);
    const QString tar = bundle();

    const Result<ImportPlan> moving = plan(tar);
    ASSERT_TRUE(isOk(moving));
    EXPECT_EQ(moving->summary().images, 1);
    EXPECT_EQ(moving->summary().moved, 1);
    EXPECT_EQ(moving->summary().notes.front(),
              u"team/a:v1 moves from %1 to %2"_s.arg(old.root.toString(), fresh.root.toString()));
    const Result<ImportPlan> keeping = plan(tar, MovedTags::Keep);
    ASSERT_TRUE(isOk(keeping));
    EXPECT_EQ(keeping->summary().kept, 1);
    EXPECT_TRUE(keeping->summary().notes.front().startsWith(u"team/a:v1 keeps "_s + old.root.toString()));

    const Tree before = treeOf(pool());
    const TaskResult kept = import(tar, MovedTags::Keep);
    EXPECT_TRUE(kept.isClean());
    EXPECT_EQ(kept.imagesSkipped, 1);
    EXPECT_EQ(kept.imagesKept, 1);
    EXPECT_EQ(treeOf(pool()), before) << "not even its blobs came";

    const TaskResult moved = import(tar);
    EXPECT_TRUE(moved.isClean());
    EXPECT_EQ(moved.imagesDone, 1);
    EXPECT_EQ(tagOf(u"team/a"_s, u"v1"_s), fresh.root.toByteArray());
}

TEST_F(ImportTaskTest, SignaturesOfBothSidesStay)
{
    const Sample &image = m_samples.add(u"team/a"_s, u"v1"_s);
    const Sample &ours = m_samples.addReferrer(u"team/a"_s, image.root, "application/ours");
    imported(bundle());
    QTemporaryDir elsewhere;
    SampleRegistry others(elsewhere.path());
    ASSERT_EQ(others.add(u"team/a"_s, u"v1"_s).root, image.root);
    const Sample &theirs = others.addReferrer(u"team/a"_s, image.root, "application/theirs");
    ASSERT_NE(ours.root, theirs.root);
    imported(write(rawTar(entriesOf(elsewhere.path()))));

    const auto index = readPool(pool());
    const PoolTag *tag = index->tag(*RepositoryName::parse(u"team/a"), ours.tag);
    ASSERT_NE(tag, nullptr);
    const Closure closure = index->closure(*tag);
    EXPECT_TRUE(closure.missing.empty());
    EXPECT_EQ(index->referrersIn(*tag, closure), 2);
}

TEST_F(ImportTaskTest, WhatVouchesForAnImageThatIsKeptStaysBehind)
{
    m_samples.add(u"team/a"_s, u"v1"_s);
    imported(bundle());
    ImageSpec other;
    other.seed = 7;
    const Sample &fresh = m_samples.add(u"team/a"_s, u"v1"_s, other);
    m_samples.addSignature(u"team/a"_s, fresh.root);
    const Tree before = images();
    const TaskResult kept = import(bundle(), MovedTags::Keep);
    EXPECT_TRUE(kept.isClean());
    EXPECT_EQ(kept.notes.size(), 1);
    EXPECT_EQ(images(), before);
    const TaskResult moved = imported(bundle());
    EXPECT_EQ(moved.imagesDone, 1);
    EXPECT_EQ(moved.referrers, 1);
}

TEST_F(ImportTaskTest, WhatNoTagNeedsIsLeftBehind)
{
    m_samples.add(u"team/a"_s, u"v1"_s);
    const Tree wanted = treeOf(m_source.filePath(u"docker"_s));
    const Sample &gone = m_samples.add(u"team/b"_s, u"v1"_s);
    ASSERT_TRUE(QDir(QFileInfo(m_samples.tagLinkPath(u"team/b"_s, u"v1"_s)).absolutePath() + u"/.."_s)
                    .removeRecursively());
    imported(bundle());
    EXPECT_EQ(images(), wanted);
    EXPECT_FALSE(readPool(pool())->hasBlob(gone.root));
    EXPECT_TRUE(QDir(pool() + u"/.layerpool/staging/partial"_s).isEmpty());
}

TEST_F(ImportTaskTest, AnIndexMayBeSparse)
{
    const Sample &image = m_samples.add(u"team/a"_s, u"v1"_s, specOf(SampleKind::OciIndex));
    const SampleManifest &other = image.of(*Platform::parse(u"linux/arm64"_s));
    std::vector<RawEntry> some = entries();
    std::erase_if(some, [&](const RawEntry &entry) { return entry.name.contains(other.digest.hex()); });
    imported(write(rawTar(some)));
    const auto index = readPool(pool());
    const Closure closure = index->closure(index->allTags().front());
    EXPECT_TRUE(closure.missing.empty());
    EXPECT_FALSE(index->hasBlob(other.digest));
    EXPECT_FALSE(index->hasBlob(other.config)) << "nobody needs it";
}

TEST_F(ImportTaskTest, WhatWasCutShortGoesOnWhenItIsWhole)
{
    ImageSpec large;
    large.layerBytes = 300'000;
    m_samples.add(u"team/a"_s, u"v1"_s, large);
    const QByteArray tar = rawTar(entries());
    const QString whole = write(tar);
    Result<ImportPlan> planned = plan(whole);
    ASSERT_TRUE(isOk(planned));
    write(tar.first(tar.size() / 2)); // the rest is still being copied
    const TaskResult cut = ImportTask(*std::move(planned)).run(m_recorder.context());
    ASSERT_TRUE(cut.stopped);
    EXPECT_EQ(cut.stopped->kind, ErrorKind::BadInput);
    EXPECT_TRUE(cut.stopped->what.contains(u"cut short"_s)) << cut.stopped->sentence().toStdString();
    EXPECT_EQ(cut.undone, QStringList{u"team/a:v1"_s});
    EXPECT_GT(cut.bytesKept, 0);
    EXPECT_EQ(readPool(pool())->totals().blobs, 0) << "nothing has its name";

    write(tar);
    const TaskResult again = imported(whole);
    EXPECT_EQ(again.imagesDone, 1);
    EXPECT_LT(again.bytesWritten, m_samples.blobBytes()) << "what was staged is not written again";
    EXPECT_EQ(images(), treeOf(m_source.filePath(u"docker"_s)));
    EXPECT_TRUE(QDir(pool() + u"/.layerpool/staging/partial"_s).isEmpty());
}

TEST_F(ImportTaskTest, ACancelledRunKeepsItsStageAndNamesAll)
{
    addAllKinds();
    Result<ImportPlan> planned = plan(bundle());
    ASSERT_TRUE(isOk(planned));
    m_recorder.cancel.cancel();
    const TaskResult result = ImportTask(*std::move(planned)).run(m_recorder.context());
    ASSERT_TRUE(result.stopped);
    EXPECT_EQ(result.stopped->kind, ErrorKind::Cancelled);
    EXPECT_EQ(result.undone.size(), 4);
}

TEST_F(ImportTaskTest, ThePlanTellsWhatWillBeWritten)
{
    addAllKinds();
    const Result<ImportPlan> planned = plan(bundle());
    ASSERT_TRUE(isOk(planned));
    const PlanSummary summary = planned->summary();
    EXPECT_EQ(summary.images, 4);
    EXPECT_TRUE(summary.sentence.startsWith(u"Import 4 image"_s)) << summary.sentence.toStdString();
    EXPECT_EQ(summary.figures.front().bytes, m_samples.blobBytes());
    EXPECT_TRUE(summary.canStart());
    EXPECT_FALSE(QFileInfo::exists(pool())) << "a plan makes nothing";
    EXPECT_TRUE(isError(plan(path(u"nothing.tar"_s)), ErrorKind::NotFound));
    EXPECT_TRUE(isError(plan(write(rawTar({{"docker", {}, '5'}}), u"empty.tar"_s)), ErrorKind::BadInput));
}

} // namespace
} // namespace layerpool::test
