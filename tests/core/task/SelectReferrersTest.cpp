// SPDX-License-Identifier: Apache-2.0
#include "core/task/ConvertTest.h"
#include "image/ReferrerTag.h"
#include "task/PushPlan.h"
#include "task/SelectPlan.h"
#include "task/TarPlan.h"

#include <set>

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

// A pool with two tags of one repository: `a:v1` has a referrer and a signature on it, `a:v2` a signature.
class SelectReferrersTest : public ConvertTest
{
protected:
    void SetUp() override
    {
        ConvertTest::SetUp();
        m_one = m_samples.add(u"a"_s, u"v1"_s, {.kind = SampleKind::OciIndex});
        m_two = m_samples.add(u"a"_s, u"v2"_s, {.kind = SampleKind::OciIndex, .seed = 2});
        m_sbom = m_samples.addReferrer(u"a"_s, m_one.amd64().digest);
        m_onSbom = m_samples.addSignature(u"a"_s, m_sbom.manifests.front().digest);
        m_onIndex = m_samples.addSignature(u"a"_s, m_one.root);
        m_onOther = m_samples.addSignature(u"a"_s, m_two.root);
    }

    static ImagesList list(const QByteArray &text)
    {
        ImagesList list;
        EXPECT_TRUE(list.addText(text, u"some.list"_s));
        return list;
    }
    static std::set<QString> tagsOf(const Selection &selection)
    {
        std::set<QString> tags;
        for (const Selection::Image &image : selection.images) {
            tags.insert(image.tag.tag);
        }
        return tags;
    }
    QString small() const { return m_directory.filePath(u"small"_s); }

    Sample m_one;
    Sample m_two;
    Sample m_sbom;
    Sample m_onSbom;
    Sample m_onIndex;
    Sample m_onOther;
};

TEST_F(SelectReferrersTest, AnImageTakesItsReferrersAlongAndTheirs)
{
    ASSERT_TRUE(convert("a:v1\na:v2\n").isClean());
    const auto index = pool();
    const Selection selection = Selection::ofList(*index, list("a:v1\n"));
    EXPECT_EQ(selection.imageCount(), 1);
    EXPECT_EQ(selection.referrers, 3);
    EXPECT_EQ(tagsOf(selection), (std::set<QString>{u"v1"_s, m_sbom.tag, m_onSbom.tag, m_onIndex.tag}))
        << "the pool has no index of a:v1, and knows all the same that its signature goes with it";
    EXPECT_EQ(tagsOf(Selection::ofTags(*index, {*index->tag(*RepositoryName::parse(u"a"), u"v2"_s)})),
              (std::set<QString>{u"v2"_s, m_onOther.tag}));
    EXPECT_EQ(tagsOf(Selection::ofList(*index, list("a:v1\n"), TakeReferrers::No)),
              std::set<QString>{u"v1"_s});
}

TEST_F(SelectReferrersTest, TheWholePoolCountsItsImagesAlone)
{
    ASSERT_TRUE(convert("a:v1\na:v2\n").isClean());
    const auto index = pool();
    EXPECT_EQ(index->totals().images, 2);
    EXPECT_EQ(index->totals().referrers, 4);
    EXPECT_EQ(index->repositories().front().images(), 2);
    const Selection all = Selection::ofAll(*index);
    EXPECT_EQ(all.imageCount(), 2);
    EXPECT_EQ(all.referrers, 4);
    EXPECT_EQ(all.images.size(), 6U);
    EXPECT_EQ(Selection::ofAll(*index, TakeReferrers::No).images.size(), 2U);
}

TEST_F(SelectReferrersTest, ASmallPoolKnowsStillWhatBelongsTogether)
{
    ASSERT_TRUE(convert("a:v1\na:v2\n").isClean());
    const auto index = pool();
    Result<SelectPlan> plan = planSelect(index, Selection::ofAll(*index), u"all"_s, small());
    ASSERT_TRUE(plan);
    EXPECT_TRUE(plan->summary().notes.contains(u"4 signature(s) and other referrer(s) come along"_s));
    EXPECT_EQ(plan->summary().images, 2);
    const TaskResult result = SelectTask(*std::move(plan)).run(m_recorder.context());
    EXPECT_EQ(result.imagesDone, 2);
    EXPECT_EQ(result.referrers, 4);
    EXPECT_EQ(tagsOf(Selection::ofList(*readPool(small()), list("a:v2\n"))),
              (std::set<QString>{u"v2"_s, m_onOther.tag}));
}

TEST_F(SelectReferrersTest, ASignatureOfWhoKnowsWhatGoesWithEachImageOfItsRepository)
{
    ASSERT_TRUE(convert("a:v1\n").isClean());
    ASSERT_TRUE(QDir(m_directory.filePath(u"pool/.layerpool/indexes"_s)).removeRecursively());
    const auto index = pool();
    EXPECT_TRUE(tagsOf(Selection::ofList(*index, list("a:v1\n"))).contains(m_onIndex.tag));
}

TEST_F(SelectReferrersTest, APushCarriesThemAndCountsTheImages)
{
    ASSERT_TRUE(convert("a:v1\n").isClean());
    FakeRegistry target;
    target.acceptPushes();
    PushRequest request;
    request.index = pool();
    request.selection = Selection::ofList(*request.index, list("a:v1\n"));
    request.target = {target.host(), {}};
    Result<PushPlan> plan = planPush(request, m_recorder.context());
    ASSERT_TRUE(plan);
    EXPECT_EQ(plan->summary().images, 1);
    const TaskResult result = PushTask(*std::move(plan)).run(m_recorder.context());
    EXPECT_TRUE(result.isClean());
    EXPECT_EQ(result.imagesDone, 1);
    EXPECT_EQ(result.referrers, 3);
    for (const Sample &referrer : {m_sbom, m_onSbom, m_onIndex}) {
        EXPECT_EQ(target.count("PUT", "/v2/a/manifests/" + referrer.tag.toLatin1()), 1)
            << referrer.tag.toStdString();
    }
}

TEST_F(SelectReferrersTest, ATarHoldsThemAndCountsTheImages)
{
    ASSERT_TRUE(convert("a:v1\n").isClean());
    const auto index = pool();
    Result<TarPlan> plan = planTar(index, Selection::ofAll(*index),
                                   {.name = u"all"_s, .target = m_directory.filePath(u"all.tar"_s)});
    ASSERT_TRUE(plan);
    EXPECT_EQ(plan->summary().images, 1);
    const TaskResult result = TarTask(*std::move(plan)).run(m_recorder.context());
    EXPECT_TRUE(result.isClean());
    EXPECT_EQ(result.imagesDone, 1);
    QFile file(m_directory.filePath(u"all.tar"_s));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_TRUE(file.readAll().contains(m_onSbom.tag.toLatin1()));
}

} // namespace
} // namespace layerpool::test
