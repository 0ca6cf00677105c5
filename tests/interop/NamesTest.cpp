// SPDX-License-Identifier: Apache-2.0
#include "SmallRegistryTest.h"

#include <QDir>

// Which name, tag and digest a line becomes in the pool, and a tag of the pool at a target.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

class NamesTest : public SmallRegistryTest
{
protected:
    static ImageSpec otherSpec()
    {
        ImageSpec spec;
        spec.seed = 99;
        return spec;
    }

    /// A far registry that has another apps/one:v1.
    Sample addOtherOne() { return m_far.add(u"apps/one"_s, u"v1"_s, otherSpec()); }

    Outcome push(const StockRegistry &target, const QStringList &more = {}) const
    {
        return m_place.run(QStringList{u"push"_s, pool(), target.host()} + more);
    }

    QByteArray atFar(const QString &repository, const QString &tag) const
    {
        return tagLink(m_far.path(), repository, tag);
    }

    SampleRegistry m_far{path(u"far"_s)};
};

TEST_F(NamesTest, TwoRegistriesOnOneNameAreRefused)
{
    const StockRegistry other(m_far.path());
    ASSERT_TRUE(other.isUp());
    addOtherOne();
    const QByteArray here = m_source.host().toUtf8() + "/apps/one:v1";
    const QByteArray there = other.host().toUtf8() + "/apps/one:v1";
    const Outcome outcome = convert(here + '\n' + there + '\n');
    EXPECT_EQ(outcome.exitStatus, 2) << outcome;
    EXPECT_TRUE(outcome.err.contains(here)) << outcome;
    EXPECT_TRUE(outcome.err.contains(there)) << outcome;
    EXPECT_TRUE(outcome.err.contains("--keep-host")) << outcome;
    EXPECT_FALSE(isThere(pool()));
}

TEST_F(NamesTest, KeepHostPutsTheRegistryInFront)
{
    const StockRegistry other(m_far.path());
    ASSERT_TRUE(other.isUp());
    const Sample otherOne = addOtherOne();
    const QByteArray list =
        m_source.host().toUtf8() + "/apps/one:v1\n" + other.host().toUtf8() + "/apps/one:v1\n";
    fillPool(list, {u"--keep-host"_s});
    const auto below = [](QString host) { return host.replace(u':', u'_') + u"/apps/one"_s; };
    EXPECT_EQ(inPool(below(m_source.host()), u"v1"_s), m_one.root.toByteArray());
    EXPECT_EQ(inPool(below(other.host()), u"v1"_s), otherOne.root.toByteArray());
    EXPECT_TRUE(hasNoGarbage(pool()));

    // The same lines find them there again.
    const Outcome selected =
        m_place.run({u"select"_s, pool(), path(u"small"_s), u"--list"_s, path(u"images.txt"_s)});
    EXPECT_EQ(selected.exitStatus, 0) << selected;
    EXPECT_EQ(tagLink(path(u"small"_s), below(other.host()), u"v1"_s), otherOne.root.toByteArray());
}

TEST_F(NamesTest, ARegistryThatIsNamedIsLeftOutOfTheName)
{
    fillPool(m_source.host().toUtf8() + "/apps/one:v1\n");
    EXPECT_EQ(inPool(u"apps/one"_s, u"v1"_s), m_one.root.toByteArray());
}

TEST_F(NamesTest, ThePrefixOfTheSourceIsLeftOutOfTheName)
{
    const QString list = m_place.write(u"images.txt"_s, "one:v1\ntwo:v2\n");
    const Outcome outcome =
        m_place.run({u"convert"_s, pool(), u"--list"_s, list, u"--source"_s, m_source.host() + u"/apps"_s});
    EXPECT_EQ(outcome.exitStatus, 0) << outcome;
    EXPECT_EQ(inPool(u"one"_s, u"v1"_s), m_one.root.toByteArray());
    EXPECT_EQ(inPool(u"two"_s, u"v2"_s), m_two2.amd64().digest.toByteArray());
}

TEST_F(NamesTest, ALineWithoutATagMeansLatest)
{
    const Sample latest = m_samples.add(u"apps/one"_s, u"latest"_s, otherSpec());
    const Outcome outcome = convert("apps/one\n");
    EXPECT_EQ(outcome.exitStatus, 0) << outcome;
    EXPECT_TRUE(outcome.err.contains("latest")) << outcome;
    EXPECT_EQ(inPool(u"apps/one"_s, u"latest"_s), latest.root.toByteArray());
}

TEST_F(NamesTest, OfficialImagesOfDockerHubLieUnderLibrary)
{
    m_samples.add(u"library/redis"_s, u"6"_s);
    const QString list = m_place.write(u"images.txt"_s, "redis:6\ndocker.io/apps/one:v1\n");
    const Outcome outcome = m_place.run(
        {u"convert"_s, pool(), u"--list"_s, list, u"--mirror"_s, u"docker.io="_s + m_source.host()});
    EXPECT_EQ(outcome.exitStatus, 0) << outcome;
    EXPECT_NE(inPool(u"library/redis"_s, u"6"_s), "");
    EXPECT_EQ(inPool(u"apps/one"_s, u"v1"_s), m_one.root.toByteArray());
    EXPECT_FALSE(isThere(registryRoot(pool()) + u"/repositories/redis"_s));
    EXPECT_EQ(m_place.run({u"ls"_s, pool(), u"redis:6"_s}).exitStatus, 0);
}

TEST_F(NamesTest, APinnedDigestGetsATagOfItsOwnAndKeepsItsIndex)
{
    fillPool("apps/two@" + m_two.root.toByteArray() + '\n');
    const QString tag = u"sha256-"_s + QString::fromLatin1(m_two.root.hex().first(12));
    EXPECT_EQ(inPool(u"apps/two"_s, tag), m_two.root.toByteArray());
    EXPECT_TRUE(tagManifest(pool(), u"apps/two"_s, tag) == m_two.bytes);
    for (const SampleManifest &child : m_two.manifests) {
        const QString hex = QString::fromLatin1(child.digest.hex());
        EXPECT_TRUE(isThere(registryRoot(pool()) +
                            u"/repositories/apps/two/_manifests/revisions/sha256/%1/link"_s.arg(hex)));
    }
    EXPECT_TRUE(isVerified(m_place, pool()));
    EXPECT_TRUE(hasNoGarbage(pool()));
}

TEST_F(NamesTest, ATagWithADigestIsTheDigestUnderThatTag)
{
    const Sample moved = m_samples.add(u"apps/two"_s, u"v1"_s, otherSpec());
    ASSERT_NE(moved.root, m_two.root);
    const Outcome outcome = convert("apps/two:v1@" + m_two.root.toByteArray() + '\n');
    EXPECT_EQ(outcome.exitStatus, 0) << outcome;
    EXPECT_EQ(inPool(u"apps/two"_s, u"v1"_s), m_two.root.toByteArray());
    EXPECT_TRUE(outcome.err.contains("the tag has moved on")) << outcome;
    EXPECT_TRUE(outcome.err.contains(moved.root.toByteArray())) << outcome;
}

TEST_F(NamesTest, SeveralPlatformsKeepTheIndexWithJustThose)
{
    fillPool("apps/two:v1\n", {u"--platform"_s, u"linux/amd64"_s, u"--platform"_s, u"linux/s390x"_s});
    EXPECT_EQ(inPool(u"apps/two"_s, u"v1"_s), m_two.root.toByteArray());
    EXPECT_TRUE(tagManifest(pool(), u"apps/two"_s, u"v1"_s) == m_two.bytes);
    ASSERT_EQ(m_two.manifests.size(), 3U);
    const auto hasBlob = [&](const Digest &digest) {
        const QString hex = QString::fromLatin1(digest.hex());
        return isThere(registryRoot(pool()) + u"/blobs/sha256/%1/%2/data"_s.arg(hex.left(2), hex));
    };
    EXPECT_TRUE(hasBlob(m_two.manifests[0].digest));
    EXPECT_FALSE(hasBlob(m_two.manifests[1].digest)); // linux/arm64
    EXPECT_TRUE(hasBlob(m_two.manifests[2].digest)) << "what attests to linux/amd64";
    EXPECT_TRUE(isVerified(m_place, pool()));
}

TEST_F(NamesTest, ATagThatMovedAtTheSourceMovesInThePool)
{
    fillPool("apps/one:v1\n");
    const Sample moved = m_samples.add(u"apps/one"_s, u"v1"_s, otherSpec());
    fillPool("apps/one:v1\n");
    EXPECT_EQ(inPool(u"apps/one"_s, u"v1"_s), moved.root.toByteArray());
    EXPECT_TRUE(isVerified(m_place, pool()));
}

TEST_F(NamesTest, PushMovesTagsAndSaysSo)
{
    fillPool("apps/one:v1\nplain:1\n");
    const Sample other = addOtherOne();
    const StockRegistry target(m_far.path());
    ASSERT_TRUE(target.isUp());
    const Outcome outcome = push(target);
    EXPECT_EQ(outcome.exitStatus, 0) << outcome;
    EXPECT_TRUE(outcome.err.contains("apps/one:v1 moves from " + other.root.toByteArray())) << outcome;
    EXPECT_EQ(atFar(u"apps/one"_s, u"v1"_s), m_one.root.toByteArray());
    EXPECT_EQ(atFar(u"plain"_s, u"1"_s), m_plain.root.toByteArray());
}

TEST_F(NamesTest, PushKeepsTagsWhereItIsTold)
{
    fillPool("apps/one:v1\nplain:1\n");
    const Sample other = addOtherOne();
    const StockRegistry target(m_far.path());
    ASSERT_TRUE(target.isUp());
    const Outcome outcome = push(target, {u"--tags"_s, u"keep"_s});
    EXPECT_EQ(outcome.exitStatus, 0) << outcome;
    EXPECT_TRUE(outcome.err.contains("apps/one:v1 stays at")) << outcome;
    EXPECT_EQ(atFar(u"apps/one"_s, u"v1"_s), other.root.toByteArray());
    EXPECT_EQ(atFar(u"plain"_s, u"1"_s), m_plain.root.toByteArray());
}

TEST_F(NamesTest, PushTakesAListAndAPrefix)
{
    fillPool();
    const StockRegistry target(m_far.path());
    ASSERT_TRUE(target.isUp());
    const QString list = m_place.write(u"some.txt"_s, "apps/one:v1\nplain:1\n");
    const Outcome outcome =
        m_place.run({u"push"_s, pool(), target.host() + u"/mirror/site"_s, u"--list"_s, list});
    EXPECT_EQ(outcome.exitStatus, 0) << outcome;
    EXPECT_EQ(atFar(u"mirror/site/apps/one"_s, u"v1"_s), m_one.root.toByteArray());
    EXPECT_EQ(atFar(u"mirror/site/plain"_s, u"1"_s), m_plain.root.toByteArray());
    EXPECT_EQ(atFar(u"mirror/site/apps/two"_s, u"v1"_s), "");
}

} // namespace
} // namespace layerpool::test
