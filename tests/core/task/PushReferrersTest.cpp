// SPDX-License-Identifier: Apache-2.0
#include "core/task/PushTest.h"

#include "base/Digester.h"

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

constexpr char kOtherType[] = "application/vnd.cyclonedx+json";

// Two pools with the same image, each with referrers of its own.
class PushReferrersTest : public PushTest
{
protected:
    void SetUp() override
    {
        PushTest::SetUp();
        m_image = m_samples.add(u"team/a"_s, u"v1"_s);
        m_others.add(u"team/a"_s, u"v1"_s);
    }

    QString other() const { return m_otherPool.path(); }

    std::vector<Digest> listedThere(const QString &tag) const
    {
        std::vector<Digest> digests;
        const std::optional<Manifest> index = manifestThere(u"team/a"_s, tag);
        for (const Descriptor &child : index ? index->children() : std::vector<Descriptor>()) {
            digests.push_back(child.digest);
        }
        return digests;
    }

    QByteArray there(const Sample &sample)
    {
        return PushTest::there(sample.repository.toLatin1(), sample.tag.toLatin1());
    }

    QTemporaryDir m_otherPool;
    SampleRegistry m_others{m_otherPool.path()};
    Sample m_image;
};

TEST_F(PushReferrersTest, ATagOfReferrersThatAListNamesIsJoinedToo)
{
    const Sample one = m_samples.addReferrer(u"team/a"_s, m_image.root);
    const Sample two = m_others.addReferrer(u"team/a"_s, m_image.root, kOtherType);
    push();
    ImagesList list;
    ASSERT_TRUE(list.addText("team/a:" + one.tag.toUtf8() + '\n', u"failed.txt"_s));
    PushRequest again = requestOf(other());
    again.selection = Selection::ofList(*again.index, list);
    const Result<PushPlan> planned = planPush(again, m_recorder.context());
    ASSERT_TRUE(isOk(planned));
    EXPECT_FALSE(notesOf(*planned).contains(u"moves from"_s)) << notesOf(*planned).toStdString();
    EXPECT_TRUE(PushTask(*planned).run(m_recorder.context()).isClean());
    EXPECT_EQ(listedThere(one.tag).size(), 2U);
}

// A signature is usually made on an index of which the pool has a child alone.
TEST_F(PushReferrersTest, AKeptImageLeavesTheSignaturesOfItsIndexBehind)
{
    const Manifest index = *Manifest::parse(
        R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[)"
        R"({"mediaType":"application/vnd.oci.image.manifest.v1+json","size":1,"digest":")" +
        m_image.root.toByteArray() + R"("}]})");
    const Manifest outer = *Manifest::parse(
        R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[)"
        R"({"mediaType":"application/vnd.oci.image.index.v1+json","size":1,"digest":")" +
        index.digest().toByteArray() + R"("}]})");
    const Sample signature = m_samples.addReferrer(u"team/a"_s, index.digest());
    const Sample onOuter = m_samples.addReferrer(u"team/a"_s, outer.digest());
    m_movedTags = MovedTags::Keep;
    PushRequest wanted = requestOf(m_pool.path());
    wanted.selection.seenIndexes = {index, outer};
    m_fake.on("HEAD", "/v2/team/a/manifests/v1")
        .reply(FakeReply(200).header("Docker-Content-Digest", Digester::of("another").toByteArray()));
    const Result<PushPlan> planned = planPush(wanted, m_recorder.context());
    ASSERT_TRUE(isOk(planned));
    EXPECT_EQ(planned->summary().kept, 1);
    const TaskResult result = PushTask(*planned).run(m_recorder.context());
    EXPECT_EQ(result.referrers, 0);
    EXPECT_EQ(there(signature), QByteArray());
    EXPECT_EQ(there(onOuter), QByteArray());
    EXPECT_TRUE(result.notes.join(u' ').contains(u"team/a:v1 stays at"_s))
        << result.notes.join(u' ').toStdString();
}

TEST_F(PushReferrersTest, NeitherPoolsReferrersAreLost)
{
    const Sample one = m_samples.addReferrer(u"team/a"_s, m_image.root);
    const Sample two = m_others.addReferrer(u"team/a"_s, m_image.root, kOtherType);
    ASSERT_EQ(one.tag, two.tag);
    EXPECT_EQ(push().referrers, 1);
    const PushPlan planned = planOf(other());
    EXPECT_TRUE(planned.summary().hasWork()) << "though the image is there";
    EXPECT_EQ(planned.summary().verb, u"Push 1 referrer(s)"_s);
    EXPECT_TRUE(planned.summary().sentence.startsWith(u"Push 1 signature(s) and other referrer(s) of "_s));
    EXPECT_TRUE(planned.summary().sentence.endsWith(u"; 1 image(s) are there already"_s));
    EXPECT_TRUE(notesOf(planned).contains(u"Ours are added to 1 list(s) of referrers there"_s))
        << notesOf(planned).toStdString();
    EXPECT_FALSE(notesOf(planned).contains(u"moves from"_s));
    const TaskResult second = PushTask(planned).run(m_recorder.context());
    EXPECT_TRUE(second.isClean());
    EXPECT_EQ(second.referrers, 1);
    EXPECT_TRUE(second.summary.contains(u"Ours added to 1 list(s) of referrers there"_s));
    EXPECT_EQ(listedThere(one.tag),
              (std::vector{one.manifests.front().digest, two.manifests.front().digest}));
    EXPECT_TRUE(verify().isClean());
    EXPECT_TRUE(verifyOf(other()).isClean());
}

TEST_F(PushReferrersTest, WhatTheTargetHasAllOfIsNotSentAgain)
{
    m_samples.addReferrer(u"team/a"_s, m_image.root);
    m_others.addReferrer(u"team/a"_s, m_image.root, kOtherType);
    EXPECT_TRUE(push().isClean());
    EXPECT_TRUE(pushOf(other()).isClean());
    m_fake.forgetRequests();
    const TaskResult again = push();
    EXPECT_EQ(again.imagesSkipped, 1);
    EXPECT_EQ(again.referrers, 1);
    EXPECT_EQ(again.bytesTransferred, 0);
    EXPECT_TRUE(again.summary.front().startsWith(u"Nothing was sent, "_s))
        << again.summary.front().toStdString();
    EXPECT_EQ(m_fake.countBelow("PUT", "/v2/"), 0);
    EXPECT_EQ(m_fake.countBelow("HEAD", "/v2/") + m_fake.countBelow("GET", "/v2/team/"), 3)
        << "one for each tag, and a look at the list that differs";
}

TEST_F(PushReferrersTest, AListThatChangedSinceThePlanIsReadAgain)
{
    const Sample one = m_samples.addReferrer(u"team/a"_s, m_image.root);
    const Sample two = m_others.addReferrer(u"team/a"_s, m_image.root, kOtherType);
    PushTask second(planOf(other()));
    EXPECT_TRUE(push().isClean());
    EXPECT_TRUE(second.run(m_recorder.context()).isClean());
    EXPECT_EQ(listedThere(one.tag),
              (std::vector{one.manifests.front().digest, two.manifests.front().digest}));
}

TEST_F(PushReferrersTest, SignaturesThatCannotBeJoinedStayAndAreSaid)
{
    const Sample theirs = m_samples.addSignature(u"team/a"_s, m_image.root, {"one"});
    const Sample ours = m_others.addSignature(u"team/a"_s, m_image.root, {"two"});
    EXPECT_TRUE(push().isClean());
    const PushPlan planned = planOf(other());
    const TaskResult result = PushTask(planned).run(m_recorder.context());
    for (const QString &notes : {notesOf(planned), result.notes.join(QLatin1Char('\n'))}) {
        EXPECT_TRUE(notes.contains(u"team/a:"_s + ours.tag + u" stays as it is there"_s))
            << notes.toStdString();
        EXPECT_TRUE(notes.contains(theirs.root.toString()) && notes.contains(ours.root.toString()));
    }
    EXPECT_TRUE(result.isClean());
    EXPECT_EQ(result.referrers, 0);
    EXPECT_EQ(there(theirs), theirs.root.toByteArray());
    EXPECT_TRUE(verify().isClean());
    const TaskResult verified = verifyOf(other());
    ASSERT_EQ(verified.failures.size(), 1U);
    EXPECT_TRUE(verified.failures.front().error.what.contains(u"lacks signatures"_s));
}

TEST_F(PushReferrersTest, SignaturesThatCameBetweenThePlanAndThePutStayToo)
{
    const Sample theirs = m_samples.addSignature(u"team/a"_s, m_image.root, {"one"});
    m_others.addSignature(u"team/a"_s, m_image.root, {"two"});
    PushTask second(planOf(other()));
    EXPECT_TRUE(push().isClean());
    const TaskResult result = second.run(m_recorder.context());
    EXPECT_TRUE(result.notes.join(QLatin1Char('\n')).contains(u"stays as it is there"_s));
    EXPECT_EQ(result.referrers, 0);
    EXPECT_EQ(there(theirs), theirs.root.toByteArray());
}

TEST_F(PushReferrersTest, MoreSignaturesTakeThePlaceOfFewer)
{
    const Sample one = m_samples.addSignature(u"team/a"_s, m_image.root, {"one"});
    const Sample both = m_others.addSignature(u"team/a"_s, m_image.root, {"one", "two"});
    EXPECT_TRUE(push().isClean());
    EXPECT_TRUE(pushOf(other()).isClean());
    EXPECT_EQ(there(one), both.root.toByteArray());
    EXPECT_EQ(push().bytesTransferred, 0) << "and the fewer are there already";
    EXPECT_EQ(there(one), both.root.toByteArray());
}

TEST_F(PushReferrersTest, AVerifyTakesATargetThatHasMoreAndNoneThatLacksSome)
{
    m_samples.addSignature(u"team/a"_s, m_image.root, {"one"});
    m_others.addSignature(u"team/a"_s, m_image.root, {"one", "two"});
    EXPECT_TRUE(pushOf(other()).isClean());
    EXPECT_TRUE(verify().isClean()) << "its signatures have all of ours, with a config of their own";
    const Sample list = m_samples.addReferrer(u"team/a"_s, m_image.root);
    const TaskResult result = verify();
    ASSERT_EQ(result.failures.size(), 1U);
    EXPECT_TRUE(result.failures.front().image.contains(list.tag));
    const QString said = result.failures.front().error.sentence();
    EXPECT_TRUE(said.contains(u": it is the first of "_s)) << said.toStdString();
}

TEST_F(PushReferrersTest, AListThatNamesOursButLostOneIsAFault)
{
    const Sample one = m_samples.addReferrer(u"team/a"_s, m_image.root);
    m_others.addReferrer(u"team/a"_s, m_image.root, kOtherType);
    EXPECT_TRUE(push().isClean());
    EXPECT_TRUE(pushOf(other()).isClean());
    const QByteArray digest = one.manifests.front().digest.toByteArray();
    m_fake.on("HEAD", "/v2/team/a/manifests/" + digest).reply(FakeReply(404));
    const TaskResult result = verify();
    ASSERT_EQ(result.failures.size(), 1U);
    EXPECT_TRUE(result.failures.front().error.what.contains(QString::fromLatin1(digest)));
}

TEST_F(PushReferrersTest, KeptTagsAreKeptForReferrersToo)
{
    const Sample one = m_samples.addReferrer(u"team/a"_s, m_image.root);
    m_others.addReferrer(u"team/a"_s, m_image.root, kOtherType);
    EXPECT_TRUE(push().isClean());
    m_movedTags = MovedTags::Keep;
    const PushPlan planned = planOf(other());
    EXPECT_EQ(planned.summary().skipped, 1) << "the image, which is there";
    EXPECT_EQ(planned.summary().kept, 0);
    EXPECT_TRUE(notesOf(planned).contains(one.tag + u" stays at "_s)) << notesOf(planned).toStdString();
    EXPECT_EQ(PushTask(planned).run(m_recorder.context()).referrers, 0);
    EXPECT_EQ(listedThere(one.tag), (std::vector{one.manifests.front().digest}));
    const TaskResult verified = verifyOf(other());
    EXPECT_TRUE(verified.isClean());
    EXPECT_EQ(verified.imagesDone, 1);
    EXPECT_EQ(verified.imagesKept, 0);
    EXPECT_TRUE(verified.notes.value(0).contains(one.tag + u" stays at "_s));
}

TEST_F(PushReferrersTest, AnImageThatIsKeptLeavesItsReferrersBehind)
{
    const Sample other2 = m_others.add(u"team/a"_s, u"v1"_s, {.seed = 7});
    const Sample left = m_others.addReferrer(u"team/a"_s, other2.root);
    EXPECT_TRUE(push().isClean());
    m_movedTags = MovedTags::Keep;
    const PushPlan planned = planOf(other());
    EXPECT_EQ(planned.summary().kept, 1);
    const TaskResult result = PushTask(planned).run(m_recorder.context());
    for (const QString &notes : {notesOf(planned), result.notes.join(QLatin1Char('\n'))}) {
        EXPECT_TRUE(notes.contains(
            u"1 signature(s) and other referrer(s) of %1 are left out"_s.arg(other2.root.toString())))
            << notes.toStdString();
    }
    EXPECT_EQ(there(left), QByteArray());
    EXPECT_TRUE(verifyOf(other()).isClean());
}

// An index of two platforms of which the pool has one; with an SBOM on the index that is signed itself, and a
// signature on the child.
class PushSparseReferrersTest : public PushTest
{
protected:
    void SetUp() override
    {
        PushTest::SetUp();
        m_index = addIndex(u"team/a"_s, ImageSpec::bothPlatforms());
        dropChild(m_index, m_arm);
        m_sbom = m_samples.addReferrer(u"team/a"_s, m_index.root);
        m_onSbom = m_samples.addSignature(u"team/a"_s, m_sbom.manifests.front().digest);
        m_onChild = m_samples.addSignature(u"team/a"_s, m_index.amd64().digest);
    }

    void expectOnlyThoseOfTheChild()
    {
        const PushPlan planned = plan();
        const TaskResult result = PushTask(planned).run(m_recorder.context());
        EXPECT_TRUE(result.isClean());
        EXPECT_EQ(result.referrers, 1);
        const QString left = u"2 signature(s) and other referrer(s) of %1 are left out: they vouch for the "
                             "index as it was"_s.arg(m_index.root.toString());
        EXPECT_TRUE(planned.summary().notes.contains(left)) << notesOf(planned).toStdString();
        EXPECT_TRUE(planned.summary().notes.contains(u"1 signature(s) and other referrer(s) come along"_s));
        EXPECT_TRUE(result.notes.contains(left));
        EXPECT_NE(there("team/a", m_onChild.tag.toLatin1()), QByteArray());
        EXPECT_EQ(there("team/a", m_sbom.tag.toLatin1()), QByteArray());
        EXPECT_EQ(there("team/a", m_onSbom.tag.toLatin1()), QByteArray());
        EXPECT_TRUE(verify().isClean());
    }

    Sample m_index;
    Sample m_sbom;
    Sample m_onSbom;
    Sample m_onChild;
};

TEST_F(PushSparseReferrersTest, ThoseOfARewrittenIndexStayBehind)
{
    m_sparse = SparseIndexes::Rewrite;
    expectOnlyThoseOfTheChild();
}

TEST_F(PushSparseReferrersTest, ThoseOfAnIndexThatGoesAsItsChildrenStayBehind)
{
    m_sparse = SparseIndexes::Children;
    expectOnlyThoseOfTheChild();
}

} // namespace
} // namespace layerpool::test
