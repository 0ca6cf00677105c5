// SPDX-License-Identifier: Apache-2.0
#include "pool/PoolIndex.h"

#include "pool/Selection.h"
#include "support/SampleImages.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <algorithm>

namespace layerpool::test {
namespace {

// A registry's storage is a pool: what the samples write is read here by nobody's rules but the layout's.
class PoolIndexTest : public testing::Test
{
protected:
    std::shared_ptr<const PoolIndex> read() const
    {
        const Result<Pool> pool = Pool::open(m_directory.path());
        EXPECT_TRUE(pool);
        Result<std::shared_ptr<const PoolIndex>> index = PoolIndex::read(*pool);
        EXPECT_TRUE(index);
        return index ? *index : nullptr;
    }

    static const PoolTag *find(const PoolIndex &index, const QString &line)
    {
        return index.find(*ImageReference::parse(line));
    }

    static ImagesList list(const QByteArray &text)
    {
        ImagesList list;
        EXPECT_TRUE(list.addText(text, QStringLiteral("test.list")));
        return list;
    }

    QTemporaryDir m_directory;
    SampleRegistry m_samples{m_directory.path()};
};

TEST_F(PoolIndexTest, ReadsRepositoriesOfAnyDepthAndTheirTags)
{
    m_samples.add(QStringLiteral("one"), QStringLiteral("v1"));
    m_samples.add(QStringLiteral("one/two/three"), QStringLiteral("v1"));
    m_samples.add(QStringLiteral("one/two"), QStringLiteral("v2"));
    m_samples.add(QStringLiteral("one/two"), QStringLiteral("v10"));
    const auto index = read();
    QStringList names;
    for (const PoolTag &tag : index->allTags()) {
        names << tag.toString();
    }
    EXPECT_EQ(names, QStringList({QStringLiteral("one:v1"), QStringLiteral("one/two:v2"),
                                  QStringLiteral("one/two:v10"), QStringLiteral("one/two/three:v1")}));
    EXPECT_NE(find(*index, QStringLiteral("one/two:v2")), nullptr);
    EXPECT_NE(find(*index, QStringLiteral("one/two:v10")), nullptr);
    EXPECT_TRUE(index->damage().empty());
}

TEST_F(PoolIndexTest, CountsWhatIsStoredAndWhatSharingSaves)
{
    const ImageSpec twoBases{.layers = 3, .sharedLayers = 2, .base = 0};
    m_samples.add(QStringLiteral("a"), QStringLiteral("v1"), twoBases);
    m_samples.add(QStringLiteral("b"), QStringLiteral("v1"), twoBases);
    const auto index = read();
    const PoolTotals &totals = index->totals();
    EXPECT_EQ(totals.images, 2);
    EXPECT_EQ(totals.repositories, 2);
    EXPECT_EQ(totals.blobs, m_samples.blobCount());
    EXPECT_EQ(totals.storedBytes, m_samples.blobBytes());
    EXPECT_EQ(totals.unusedBlobs, 0);
    EXPECT_GT(totals.nominalBytes, totals.storedBytes);
    EXPECT_EQ(totals.savedBytes(), totals.nominalBytes - totals.storedBytes);
}

TEST_F(PoolIndexTest, SaysHowManyImagesNeedABlob)
{
    const Sample a =
        m_samples.add(QStringLiteral("a"), QStringLiteral("v1"), {.layers = 2, .sharedLayers = 1, .base = 0});
    m_samples.add(QStringLiteral("b"), QStringLiteral("v1"), {.layers = 2, .sharedLayers = 1, .base = 0});
    const auto index = read();
    EXPECT_EQ(index->usersOf(a.amd64().layers[0]), 2);
    EXPECT_EQ(index->usersOf(a.amd64().layers[1]), 1);
    EXPECT_EQ(index->usersOf(Digest()), 0);
}

TEST_F(PoolIndexTest, AnIndexIsClosedOverTheChildrenThatAreLinked)
{
    const Sample sample =
        m_samples.add(QStringLiteral("a"), QStringLiteral("v1"), {.kind = SampleKind::OciIndex});
    const Closure whole = read()->closure(*find(*read(), QStringLiteral("a:v1")));
    EXPECT_EQ(whole.manifests.size(), 3U);
    EXPECT_EQ(whole.manifests.back(), sample.root) << "children come first";
    EXPECT_TRUE(whole.missing.empty());

    // A sparse index: one child was never taken.
    const SampleManifest &other =
        sample.manifests[0].platform == Platform::linuxAmd64() ? sample.manifests[1] : sample.manifests[0];
    ASSERT_TRUE(QFile::remove(m_samples.revisionLinkPath(sample.repository, other.digest)));
    ASSERT_TRUE(QDir(QFileInfo(m_samples.revisionLinkPath(sample.repository, other.digest)).path())
                    .removeRecursively());
    ASSERT_TRUE(QFile::remove(m_samples.blobPath(other.digest)));
    ASSERT_TRUE(QDir(QFileInfo(m_samples.blobPath(other.digest)).path()).removeRecursively());
    const auto index = read();
    const Closure sparse = index->closure(*find(*index, QStringLiteral("a:v1")));
    EXPECT_EQ(sparse.manifests.size(), 2U);
    EXPECT_TRUE(sparse.missing.empty());
    EXPECT_TRUE(index->damage().empty());
}

TEST_F(PoolIndexTest, AMissingLayerIsMissed)
{
    const Sample sample = m_samples.add(QStringLiteral("a"), QStringLiteral("v1"));
    const Digest layer = sample.amd64().layers.back();
    ASSERT_TRUE(QDir(QFileInfo(m_samples.blobPath(layer)).path()).removeRecursively());
    const auto index = read();
    EXPECT_EQ(index->closure(*find(*index, QStringLiteral("a:v1"))).missing, std::vector{layer});
}

TEST_F(PoolIndexTest, DamageIsNotedAndTheRestRead)
{
    m_samples.add(QStringLiteral("good"), QStringLiteral("v1"));
    m_samples.add(QStringLiteral("bad"), QStringLiteral("v1"));
    QFile link(m_samples.tagLinkPath(QStringLiteral("bad"), QStringLiteral("v1")));
    ASSERT_TRUE(link.open(QIODevice::WriteOnly | QIODevice::Truncate));
    link.close();
    const auto index = read();
    EXPECT_EQ(index->damage().size(), 1U);
    EXPECT_NE(find(*index, QStringLiteral("good:v1")), nullptr);
    EXPECT_EQ(find(*index, QStringLiteral("bad:v1")), nullptr);
}

TEST_F(PoolIndexTest, FindsALineByItsNamesInOrder)
{
    for (const char *name :
         {"docker.io/library/redis", "redis", "library/redis", "quay.io/a/b", "a/b", "localhost_5000/c"}) {
        m_samples.add(QString::fromLatin1(name), QStringLiteral("v1"));
    }
    const auto index = read();
    const auto found = [&](const char *line) {
        const PoolTag *tag = find(*index, QString::fromLatin1(line));
        return tag == nullptr ? std::string("nothing") : tag->repository.toByteArray().toStdString();
    };
    EXPECT_EQ(found("redis:v1"), "docker.io/library/redis");
    EXPECT_EQ(found("quay.io/redis:v1"), "redis");
    EXPECT_EQ(found("quay.io/a/b:v1"), "quay.io/a/b");
    EXPECT_EQ(found("ghcr.io/a/b:v1"), "a/b");
    EXPECT_EQ(found("localhost:5000/c:v1"), "localhost_5000/c");
    EXPECT_EQ(found("a/b:v2"), "nothing");
}

TEST_F(PoolIndexTest, NamesAreKnownBeforeTheRest)
{
    m_samples.add(QStringLiteral("a"), QStringLiteral("v1"));
    m_samples.add(QStringLiteral("b/c"), QStringLiteral("v2"));
    PoolIndex::Ptr names;
    const auto index = PoolIndex::read(*Pool::open(m_directory.path()), {},
                                       [&](PoolIndex::Ptr named) { names = std::move(named); });
    ASSERT_TRUE(index);
    ASSERT_NE(names, nullptr);
    EXPECT_FALSE(names->isWhole());
    EXPECT_TRUE((*index)->isWhole());
    ASSERT_EQ(names->repositories().size(), 2U);
    EXPECT_EQ(names->repositories()[1].tags.front().toString(), QStringLiteral("b/c:v2"));
    EXPECT_EQ(names->totals().images, 2);
    EXPECT_TRUE(names->blobs().empty());
}

TEST_F(PoolIndexTest, OfManyNamesTheFirstAreKnownFirst)
{
    for (int i = 0; i < 150; ++i) {
        m_samples.add(QStringLiteral("team%1/app").arg(i, 3, 10, QLatin1Char('0')), QStringLiteral("v1"),
                      {.layers = 1, .layerBytes = 10});
    }
    std::vector<PoolIndex::Ptr> named;
    const auto index = PoolIndex::read(*Pool::open(m_directory.path()), {},
                                       [&](PoolIndex::Ptr names) { named.push_back(std::move(names)); });
    ASSERT_TRUE(index);
    ASSERT_EQ(named.size(), 2U);
    ASSERT_LT(named[0]->repositories().size(), 150U);
    EXPECT_EQ(named[0]->repositories().front().name.toString(), QStringLiteral("team000/app"));
    EXPECT_EQ(named[0]->repositories().back().name.toString(),
              named[1]->repositories()[named[0]->repositories().size() - 1].name.toString());
    EXPECT_EQ(named[1]->repositories().size(), 150U);
}

TEST_F(PoolIndexTest, WhatLiesAmongTheBlobsInTheWrongPlaceIsNone)
{
    const Sample sample = m_samples.add(QStringLiteral("a"), QStringLiteral("v1"));
    const Digest layer = sample.amd64().layers.back();
    const QString place = QFileInfo(m_samples.blobPath(layer)).path();
    const QDir blobs(m_directory.path() + QStringLiteral("/docker/registry/v2/blobs/sha256"));
    const QString other = layer.hex().startsWith("00") ? QStringLiteral("01") : QStringLiteral("00");
    ASSERT_TRUE(blobs.mkpath(other));
    ASSERT_TRUE(
        QDir().rename(place, blobs.filePath(other + QLatin1Char('/') + QString::fromLatin1(layer.hex()))));
    ASSERT_TRUE(QDir().mkpath(place)); // a folder alone
    const auto index = read();
    EXPECT_FALSE(index->hasBlob(layer));
    EXPECT_FALSE(index->usage().tag(0).isWhole);
    EXPECT_EQ(index->closure(*find(*index, QStringLiteral("a:v1"))).missing, std::vector{layer});
}

TEST_F(PoolIndexTest, AManifestIsReadWhenItIsAskedFor)
{
    const Sample sample = m_samples.add(QStringLiteral("a"), QStringLiteral("v1"));
    const Sample gone = m_samples.add(QStringLiteral("b"), QStringLiteral("v1"));
    const auto index = read();
    const Manifest *manifest = index->manifest(sample.root);
    ASSERT_NE(manifest, nullptr);
    EXPECT_EQ(manifest->bytes(), sample.bytes);
    EXPECT_EQ(index->manifest(sample.root), manifest);
    EXPECT_EQ(index->manifest(sample.amd64().config), nullptr);
    ASSERT_TRUE(QDir(QFileInfo(m_samples.blobPath(gone.root)).path()).removeRecursively());
    ASSERT_NE(index->manifest(gone.root), nullptr);
    EXPECT_TRUE(index->manifest(gone.root)->bytes().isEmpty());
}

TEST_F(PoolIndexTest, AStoppedReadIsCancelled)
{
    m_samples.add(QStringLiteral("a"), QStringLiteral("v1"));
    const CancelToken cancel;
    cancel.cancel();
    const auto index = PoolIndex::read(*Pool::open(m_directory.path()), cancel);
    ASSERT_FALSE(index);
    EXPECT_EQ(index.error().kind, ErrorKind::Cancelled);
}

TEST_F(PoolIndexTest, ASelectionHoldsEachBlobOnce)
{
    m_samples.add(QStringLiteral("a"), QStringLiteral("v1"), {.layers = 3, .sharedLayers = 2, .base = 0});
    m_samples.add(QStringLiteral("b"), QStringLiteral("v1"), {.layers = 3, .sharedLayers = 2, .base = 0});
    m_samples.add(QStringLiteral("c"), QStringLiteral("v1"));
    const auto index = read();
    const Selection selection = Selection::ofList(*index, list("a:v1\nb:v1\n"));
    EXPECT_EQ(selection.images.size(), 2U);
    EXPECT_EQ(selection.blobs.size(), 2U * 3 + 2)
        << "a manifest, a config and a layer each, and two that are shared";
    EXPECT_LT(selection.storedBytes, selection.nominalBytes);
    EXPECT_TRUE(std::is_sorted(selection.blobs.begin(), selection.blobs.end(),
                               [](const Descriptor &x, const Descriptor &y) { return x.size > y.size; }));
}

TEST_F(PoolIndexTest, ASelectionNamesWhatThePoolLacks)
{
    const Sample sample = m_samples.add(QStringLiteral("a"), QStringLiteral("v1"));
    const QByteArray other = "sha256:" + QByteArray(64, '0');
    const auto index = read();
    const Selection selection =
        Selection::ofList(*index, list("a:v1@" + sample.root.toByteArray() + "\na:v1@" + other + "\nb:v1\n"));
    EXPECT_EQ(selection.images.size(), 1U);
    ASSERT_EQ(selection.absent.size(), 2U);
    EXPECT_EQ(selection.absent[0].error.kind, ErrorKind::NotFound) << "the tag has another digest";
    EXPECT_EQ(selection.absent[1].line, QStringLiteral("b:v1"));
}

} // namespace
} // namespace layerpool::test
