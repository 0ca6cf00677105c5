// SPDX-License-Identifier: Apache-2.0
#include "work/PoolRows.h"

#include "UiTest.h"

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

class PoolRowsTest : public UiTest
{
protected:
    void SetUp() override
    {
        SampleRegistry pool(path(u"pool"_s));
        pool.add(u"big"_s, u"v1"_s, {.layers = 3, .layerBytes = 40'000});
        pool.add(u"mid"_s, u"v1"_s, {.layers = 2, .layerBytes = 9'000});
        pool.add(u"mid"_s, u"v2"_s, {.layers = 2, .layerBytes = 20'000});
        pool.add(u"small"_s, u"v1"_s, {.layers = 1, .layerBytes = 1'000});
        m_index = indexOf(pool.path());
    }
    QStringList names(const PoolQuery &query) const
    {
        QStringList found;
        for (const PoolRows::Repository &repository : PoolRows::of(m_index, query).repositories) {
            found << m_index->repositories()[std::size_t(repository.position)].name.toString();
        }
        return found;
    }
    QStringList tags(int repository, const PoolQuery &query) const
    {
        QStringList found;
        for (const int tag : PoolRows::of(m_index, query).tagsOf(repository)) {
            found << m_index->repositories()[std::size_t(repository)].tags[std::size_t(tag)].tag;
        }
        return found;
    }

    std::shared_ptr<const PoolIndex> m_index;
};

TEST_F(PoolRowsTest, PutsRepositoriesInOrder)
{
    EXPECT_EQ(names({}), QStringList({u"big"_s, u"mid"_s, u"small"_s}));
    EXPECT_EQ(names({{}, PoolKey::Name, Qt::DescendingOrder}), QStringList({u"small"_s, u"mid"_s, u"big"_s}));
    EXPECT_EQ(names({{}, PoolKey::Size, Qt::AscendingOrder}), QStringList({u"small"_s, u"mid"_s, u"big"_s}));
    EXPECT_EQ(names({{}, PoolKey::Unique, Qt::DescendingOrder}),
              QStringList({u"big"_s, u"mid"_s, u"small"_s}));
}

TEST_F(PoolRowsTest, PutsTagsInOrderToo)
{
    EXPECT_EQ(tags(1, {}), QStringList({u"v1"_s, u"v2"_s}));
    EXPECT_EQ(tags(1, {{}, PoolKey::Size, Qt::DescendingOrder}), QStringList({u"v2"_s, u"v1"_s}));
}

TEST_F(PoolRowsTest, PutsInOrderByWhatIsShared)
{
    SampleRegistry pool(path(u"pool"_s));
    const ImageSpec onOneBase{.layers = 2, .sharedLayers = 1, .base = 0};
    for (const QString &name : {u"base/one"_s, u"base/two"_s, u"base/three"_s}) {
        pool.add(name, u"v1"_s, onOneBase);
    }
    pool.add(u"mid"_s, u"alone"_s, {.layers = 1, .sharedLayers = 0});
    pool.add(u"mid"_s, u"based"_s, onOneBase);
    m_index = indexOf(pool.path());
    const PoolRepository &based = *m_index->repository(*RepositoryName::parse(u"base/two"_s));
    EXPECT_EQ(usersOf(*m_index, based), 4);
    const QStringList shared = names({{}, PoolKey::Shared, Qt::DescendingOrder});
    EXPECT_EQ(shared.first(4), QStringList({u"base/one"_s, u"base/three"_s, u"base/two"_s, u"mid"_s}));
    const int mid =
        int(m_index->repository(*RepositoryName::parse(u"mid"_s)) - m_index->repositories().data());
    EXPECT_EQ(tags(mid, {{}, PoolKey::Shared, Qt::DescendingOrder}).value(0), u"based"_s);
    EXPECT_EQ(tags(mid, {{}, PoolKey::Shared, Qt::AscendingOrder}).value(0), u"alone"_s);
}

TEST_F(PoolRowsTest, PutsTagsOfOneDigestTogether)
{
    const PoolQuery query{{}, PoolKey::Digest, Qt::AscendingOrder};
    const auto &all = m_index->repositories()[1].tags;
    QStringList expected{u"v1"_s, u"v2"_s};
    if (all[1].digest.toString() < all[0].digest.toString()) {
        std::reverse(expected.begin(), expected.end());
    }
    EXPECT_EQ(tags(1, query), expected);
    std::reverse(expected.begin(), expected.end());
    EXPECT_EQ(tags(1, {{}, PoolKey::Digest, Qt::DescendingOrder}), expected);
    EXPECT_EQ(names(query), names({})) << "a repository has no digest";
}

TEST_F(PoolRowsTest, CountsWhatAnswersAndSaysWhereItIs)
{
    const PoolRows rows = PoolRows::of(m_index, {u"V2"_s});
    ASSERT_EQ(rows.repositories.size(), 1U);
    EXPECT_EQ(rows.repositories.front().tags, 1);
    EXPECT_EQ(rows.tags, 1);
    EXPECT_EQ(rows.rows, (std::vector{-1, 0, -1}));
}

TEST_F(PoolRowsTest, ANullPoolHasNoRows)
{
    EXPECT_TRUE(PoolRows::of(nullptr, {}).repositories.empty());
    EXPECT_TRUE(BlobRows::of(nullptr, {}).blobs.empty());
}

TEST_F(PoolRowsTest, BlobsAreFoundByTheirImagesAndByTheirDigest)
{
    const auto &blobs = m_index->usage().blobs();
    const BlobRows largest = BlobRows::of(m_index, {{}, PoolKey::Size, Qt::DescendingOrder});
    EXPECT_EQ(largest.blobs.size(), blobs.size());
    EXPECT_EQ(largest.bytes, m_index->totals().storedBytes);
    EXPECT_GE(blobs[std::size_t(largest.blobs[0])].bytes, blobs[std::size_t(largest.blobs[1])].bytes);
    const BlobRows ofSmall = BlobRows::of(m_index, {u"small:v1"_s});
    EXPECT_EQ(ofSmall.blobs.size(), 3U) << "manifest, config, layer";
    EXPECT_EQ(BlobRows::of(m_index, {blobs[5].digest.toString()}).blobs, std::vector{5});
    EXPECT_TRUE(BlobRows::of(m_index, {u"etcdd"_s}).blobs.empty());
}

} // namespace
} // namespace layerpool::test
