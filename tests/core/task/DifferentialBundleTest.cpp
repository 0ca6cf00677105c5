// SPDX-License-Identifier: Apache-2.0
#include "bundle/BundlePool.h"
#include "bundle/Inventory.h"
#include "bundle/SelectionContent.h"
#include "core/task/ImportTest.h"
#include "task/TarPlan.h"
#include "task/VerifyPlan.h"

#include <sys/stat.h>

// A bundle for a far side that has the release before, opened as a pool: what it leaves out is not in it.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

class DifferentialBundleTest : public ImportTest
{
protected:
    void SetUp() override
    {
        const ImageSpec spec{.layerSizes = {200'000, 20'000}, .sharedLayers = 1, .base = 7};
        m_samples.add(u"team/a"_s, u"v1"_s, spec);
        pack(u"base.tar"_s);
        m_next = m_samples.add(u"team/a"_s, u"v2"_s, spec);
        const Result<BundleContent> far = readInventory(path(u"base.index.json"_s));
        ASSERT_TRUE(isOk(far));
        pack(u"next.tar"_s, {*far});
        const Result<Pool> bundle = openPoolOrBundle(path(u"next.tar"_s), SignatureRules{}, {});
        ASSERT_TRUE(isOk(bundle));
        const auto index = PoolIndex::read(*bundle);
        ASSERT_TRUE(isOk(index));
        m_index = *index;
    }

    void pack(const QString &name, std::vector<BundleContent> far = {})
    {
        const auto index = readPool(m_source.path());
        Result<TarPlan> planned = planTar(index, Selection::ofAll(*index),
                                          {.name = u"all"_s, .target = path(name), .far = std::move(far)});
        ASSERT_TRUE(isOk(planned));
        EXPECT_TRUE(TarTask(*std::move(planned)).run(m_recorder.context()).isClean());
    }

    Sample m_next;
    PoolIndex::Ptr m_index;
};

TEST_F(DifferentialBundleTest, WhatIsLeftOutIsNeededAndNotStored)
{
    const Digest shared = m_next.amd64().layers.front();
    const Digest own = m_next.amd64().layers.back();
    EXPECT_TRUE(m_index->isLeftOut(shared));
    EXPECT_FALSE(m_index->isLeftOut(own));
    const PoolTotals &totals = m_index->totals();
    EXPECT_EQ(totals.leftOutBlobs, 1);
    EXPECT_EQ(totals.leftOutBytes, m_index->usage().find(shared)->bytes);
    EXPECT_EQ(totals.blobs, 4) << "a manifest, a config, two layers";
    EXPECT_GT(totals.storedBytes, m_index->usage().find(own)->bytes);
    EXPECT_LT(totals.storedBytes, totals.leftOutBytes);
    EXPECT_EQ(totals.unusedBlobs, 0);
    EXPECT_EQ(totals.savedBytes(), 0) << "one image shares nothing";
    EXPECT_TRUE(m_index->usage().tag(0).isWhole);
    EXPECT_EQ(VerifyPlan{m_index}.summary().figures.front().bytes, totals.storedBytes);
}

// The far side has what was left out: without it the bundle is refused there.
TEST_F(DifferentialBundleTest, AsABaseItHasWhatItLeavesOut)
{
    const Digest shared = m_next.amd64().layers.front();
    const BundleContent opened = contentOf(Selection::ofAll(*m_index));
    const Result<BundleContent> own = readInventory(path(u"next.index.json"_s));
    ASSERT_TRUE(isOk(own));
    EXPECT_TRUE(opened.has(shared));
    EXPECT_TRUE(own->has(shared));
    EXPECT_EQ(own->blobs, opened.blobs);
    EXPECT_EQ(own->blobBytes, opened.blobBytes);
}

TEST_F(DifferentialBundleTest, APipeIsNoInventory)
{
    const QString pipe = path(u"pipe"_s);
    ASSERT_EQ(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
    const Result<BundleContent> read = readInventory(pipe);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().kind, ErrorKind::BadInput);
    EXPECT_TRUE(read.error().hint.contains(u"layerpool-cli inventory"_s));
}

// Nobody can convert into a bundle.
TEST_F(DifferentialBundleTest, WhatItLacksIsNotToBeConvertedFirst)
{
    const RepositoryName name = *RepositoryName::parse(u"team/a"_s);
    const Selection selection = Selection::ofTags(*m_index, {{name, u"v9"_s, {}}});
    ASSERT_EQ(selection.absent.size(), 1U);
    const QString sentence = selection.absent.front().error.sentence();
    EXPECT_TRUE(sentence.contains(u"not in the bundle"_s)) << sentence.toStdString();
    EXPECT_TRUE(sentence.contains(u"Take a bundle that has it"_s)) << sentence.toStdString();
    const auto folder = readPool(m_source.path());
    EXPECT_EQ(Selection::ofTags(*folder, {{name, u"v9"_s, {}}}).absent.front().error.hint,
              u"Convert it first"_s);
}

} // namespace
} // namespace layerpool::test
