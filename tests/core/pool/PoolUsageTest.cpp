// SPDX-License-Identifier: Apache-2.0
#include "pool/PoolIndex.h"

#include "support/Print.h"
#include "support/SampleImages.h"

#include <gtest/gtest.h>

#include <QDir>
#include <QTemporaryDir>

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

class PoolUsageTest : public testing::Test
{
protected:
    void read()
    {
        const auto index = PoolIndex::read(*Pool::open(m_samples.path()));
        ASSERT_TRUE(index);
        m_index = *index;
    }
    const PoolUsage &usage() const { return m_index->usage(); }
    std::vector<QString> usersOf(const Digest &digest) const
    {
        std::vector<QString> names;
        for (const int tag : usage().usersOf(*usage().find(digest))) {
            names.push_back(m_index->tagAt(tag).toString());
        }
        return names;
    }
    qint64 bytesOf(const std::vector<Digest> &digests) const
    {
        qint64 sum = 0;
        for (const Digest &digest : digests) {
            sum += usage().find(digest)->bytes;
        }
        return sum;
    }

    // Two repositories on one base layer; the first has two tags of one image, and a third of its own.
    const ImageSpec m_onOneBase{.layers = 2, .sharedLayers = 1, .base = 0};
    QTemporaryDir m_folder;
    SampleRegistry m_samples{m_folder.path()};
    std::shared_ptr<const PoolIndex> m_index;
};

TEST_F(PoolUsageTest, NamesEveryImageThatNeedsABlob)
{
    const Sample one = m_samples.add(u"a"_s, u"v1"_s, m_onOneBase);
    m_samples.add(u"a"_s, u"v2"_s, m_onOneBase);
    m_samples.add(u"b"_s, u"v1"_s, m_onOneBase);
    read();
    EXPECT_EQ(usersOf(one.amd64().layers[0]), (std::vector{u"a:v1"_s, u"a:v2"_s, u"b:v1"_s}));
    EXPECT_EQ(usersOf(one.amd64().layers[1]), std::vector{u"a:v1"_s});
    EXPECT_EQ(usage().find(one.amd64().layers[1])->role, PoolUsage::Role::Layer);
    EXPECT_EQ(usage().find(one.amd64().config)->role, PoolUsage::Role::Config);
    EXPECT_EQ(usage().find(one.root)->role, PoolUsage::Role::Manifest);
    EXPECT_EQ(usage().find(Digest()), nullptr);
}

TEST_F(PoolUsageTest, WhatNothingElseNeedsIsUnique)
{
    const Sample one = m_samples.add(u"a"_s, u"v1"_s, m_onOneBase);
    const Sample two = m_samples.add(u"a"_s, u"v2"_s, m_onOneBase);
    const Sample other = m_samples.add(u"b"_s, u"v1"_s, m_onOneBase);
    read();
    const std::vector<Digest> own{one.root, one.amd64().config, one.amd64().layers[1]};
    EXPECT_EQ(usage().tag(0).uniqueBytes, bytesOf(own));
    EXPECT_EQ(usage().tag(0).bytes, bytesOf(own) + bytesOf({one.amd64().layers[0]}));
    EXPECT_EQ(usage().repository(0).uniqueBytes,
              bytesOf(own) + bytesOf({two.root, two.amd64().config, two.amd64().layers[1]}))
        << "the base is needed by another repository too";
    EXPECT_EQ(usage().repository(0).bytes,
              usage().repository(0).uniqueBytes + bytesOf({other.amd64().layers[0]}));
}

TEST_F(PoolUsageTest, ARepositorysOwnSharedLayersAreUniqueToIt)
{
    const Sample one = m_samples.add(u"a"_s, u"v1"_s, m_onOneBase);
    m_samples.add(u"a"_s, u"v2"_s, m_onOneBase);
    read();
    EXPECT_EQ(usage().repository(0).uniqueBytes, usage().repository(0).bytes);
    EXPECT_EQ(usage().tag(0).uniqueBytes, usage().tag(0).bytes - bytesOf({one.amd64().layers[0]}));
}

TEST_F(PoolUsageTest, WhatNoImageNeedsHasNoUser)
{
    const Sample one = m_samples.add(u"a"_s, u"v1"_s);
    const Sample gone = m_samples.add(u"gone"_s, u"v1"_s, {.seed = 7});
    QDir(m_samples.path() + u"/docker/registry/v2/repositories/gone"_s).removeRecursively();
    read();
    const PoolUsage::Blob *blob = usage().find(gone.amd64().layers.back());
    ASSERT_NE(blob, nullptr);
    EXPECT_EQ(blob->role, PoolUsage::Role::Unused);
    EXPECT_EQ(blob->users, 0);
    EXPECT_TRUE(usage().usersOf(*blob).empty());
    EXPECT_EQ(usage().find(one.root)->users, 1);
}

TEST_F(PoolUsageTest, FindsTheRepositoryOfATag)
{
    m_samples.add(u"a"_s, u"v1"_s);
    m_samples.add(u"a"_s, u"v2"_s);
    m_samples.add(u"b"_s, u"v1"_s);
    read();
    EXPECT_EQ(m_index->firstTagOf(1), 2);
    EXPECT_EQ(m_index->repositoryOf(1), 0);
    EXPECT_EQ(m_index->repositoryOf(2), 1);
    EXPECT_EQ(m_index->tagAt(2).toString(), u"b:v1"_s);
}

} // namespace
} // namespace layerpool::test
