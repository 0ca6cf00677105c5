// SPDX-License-Identifier: Apache-2.0
#include "core/task/ConvertTest.h"
#include "pool/Selection.h"

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

class ConvertPatternTest : public ConvertTest
{
protected:
    void SetUp() override
    {
        ConvertTest::SetUp();
        for (const QString &tag : {u"5.0"_s, u"6.0"_s, u"6.2"_s, u"6.2-alpine"_s, u"6.10"_s}) {
            m_redis.push_back(m_samples.add(u"redis"_s, tag));
        }
    }

    static QStringList linesOf(const ConvertPlan &plan)
    {
        QStringList lines;
        for (const ConvertImage &image : plan.images) {
            lines << image.line;
        }
        return lines;
    }

    std::vector<Sample> m_redis;
};

TEST_F(ConvertPatternTest, TakesEachTagThatMatchesAndSaysWhich)
{
    Result<ConvertPlan> planned = plan("redis:6.*\n");
    ASSERT_TRUE(planned);
    EXPECT_EQ(linesOf(*planned),
              (QStringList{u"redis:6.0"_s, u"redis:6.2"_s, u"redis:6.2-alpine"_s, u"redis:6.10"_s}));
    EXPECT_TRUE(planned->notes.join(u'\n').contains(u"redis:6.* matches 4 tag(s) at "_s + m_fake.host() +
                                                    u": 6.0, 6.2, 6.2-alpine, 6.10"_s))
        << planned->notes.join(u'\n').toStdString();
    EXPECT_EQ(m_fake.count("GET", "/v2/redis/tags/list"), 1) << "for the matches and for signatures";
    ConvertTask task(*std::move(planned));
    const TaskResult result = task.run(m_recorder.context());
    EXPECT_TRUE(result.isClean());
    EXPECT_EQ(result.imagesDone, 4);
    EXPECT_EQ(tagged(u"redis:6.2"_s), m_redis[2].root);
    EXPECT_EQ(tagged(u"redis:5.0"_s), Digest());
}

TEST_F(ConvertPatternTest, ATagOfTwoLinesCountsOnce)
{
    const Result<ConvertPlan> planned = plan("redis:6.2\nredis:6.*\nredis:*-alpine\n");
    ASSERT_TRUE(planned);
    EXPECT_EQ(linesOf(*planned),
              (QStringList{u"redis:6.2"_s, u"redis:6.0"_s, u"redis:6.2-alpine"_s, u"redis:6.10"_s}));
    EXPECT_EQ(planned->summary().images, 4);
    EXPECT_EQ(m_fake.count("GET", "/v2/redis/tags/list"), 1) << "for both lines";
}

TEST_F(ConvertPatternTest, WhereNothingMatchesThatLineFailsAndNamesWhatIsNear)
{
    const Result<ConvertPlan> planned = plan("redis:6.3*\nredis:5.0\n");
    ASSERT_TRUE(planned);
    EXPECT_EQ(planned->images.size(), 1U);
    ASSERT_EQ(planned->failures.size(), 1U);
    EXPECT_EQ(planned->failures.front().image, u"redis:6.3*"_s);
    const Error &error = planned->failures.front().error;
    EXPECT_EQ(error.kind, ErrorKind::NotFound);
    EXPECT_TRUE(error.hint.startsWith(u"The nearest are 5.0, 6.0, 6.2, 6.2-alpine, 6.10"_s))
        << error.hint.toStdString();
}

TEST_F(ConvertPatternTest, SignaturesAreNoMatches)
{
    m_samples.addSignature(u"redis"_s, m_redis.front().root);
    m_samples.addReferrer(u"redis"_s, m_redis.front().root);
    const Result<ConvertPlan> planned = plan("redis:*\n");
    ASSERT_TRUE(planned);
    EXPECT_EQ(planned->images.size(), 5U);
}

TEST_F(ConvertPatternTest, AMirrorThatHasJustSomeTagsHidesNone)
{
    QTemporaryDir storage;
    SampleRegistry some(storage.path());
    some.add(u"redis"_s, u"6.0"_s);
    FakeRegistry mirror;
    mirror.serve(storage.path());
    FakeRegistry empty;
    ConvertRequest wanted = request("redis:6.*\n");
    wanted.naming.mirrors[m_fake.host()] = {{empty.host(), {}}, {mirror.host(), {}}};
    wanted.takesReferrers = false;
    const Result<ConvertPlan> planned = planConvert(wanted, m_recorder.context());
    ASSERT_TRUE(planned);
    EXPECT_EQ(planned->images.size(), 4U);
    EXPECT_TRUE(planned->failures.empty());
    for (const FakeRegistry *asked : {&empty, &mirror, &m_fake}) {
        EXPECT_EQ(asked->count("GET", "/v2/redis/tags/list"), 1);
    }
}

TEST_F(ConvertPatternTest, WhereARegistryCannotBeAskedThereMayBeMore)
{
    FakeRegistry mirror;
    mirror.serve(m_source.path());
    m_fake.on("GET", "/v2/redis/tags/list").reply(FakeReply(403));
    ConvertRequest wanted = request("redis:6.*\n");
    wanted.naming.mirrors[m_fake.host()] = {{mirror.host(), {}}};
    wanted.takesReferrers = false;
    const Result<ConvertPlan> planned = planConvert(wanted, m_recorder.context());
    ASSERT_TRUE(planned);
    EXPECT_EQ(planned->images.size(), 4U);
    EXPECT_TRUE(planned->notes.join(u' ').contains(u"redis:6.*: there may be more tags"_s))
        << planned->notes.join(u' ').toStdString();
}

TEST_F(ConvertPatternTest, AListWithoutAnEndIsNotCutButRefused)
{
    m_fake.on("GET", "/v2/redis/tags/list").replyWith([](const FakeRequest &request) {
        const QByteArray number = QByteArray::number(request.attempt);
        return FakeReply::json(200, R"({"tags":["6.)" + number + R"("]})")
            .header("Link", "</v2/redis/tags/list?last=" + number + ">; rel=\"next\"");
    });
    const Result<ConvertPlan> planned = plan("redis:6.*\n");
    ASSERT_TRUE(isOk(planned));
    EXPECT_TRUE(planned->images.empty());
    ASSERT_EQ(planned->failures.size(), 1U);
    const Error &error = planned->failures.front().error;
    EXPECT_EQ(error.kind, ErrorKind::Unsupported);
    EXPECT_TRUE(error.sentence().contains(u"more than 1000 pages"_s)) << error.sentence().toStdString();
    EXPECT_EQ(m_fake.count("GET", "/v2/redis/tags/list"), 1000);
}

TEST_F(ConvertPatternTest, TwoRegistriesMayNotMeetInOneName)
{
    FakeRegistry other;
    other.serve(m_source.path());
    const QByteArray here = m_fake.host().toLatin1();
    const QByteArray there = other.host().toLatin1();
    const Result<ConvertPlan> planned = plan(here + "/redis:6.0\n" + there + "/redis:6.*\n");
    ASSERT_FALSE(planned);
    EXPECT_EQ(planned.error().kind, ErrorKind::BadInput);
    EXPECT_TRUE(planned.error().what.contains(QString::fromLatin1(there + "/redis:6.0")));
}

TEST_F(ConvertPatternTest, AListFindsItsMatchesInThePool)
{
    EXPECT_TRUE(convert("redis:*\n").isClean());
    ImagesList list;
    ASSERT_TRUE(list.addText("redis:6.?\nredis:6.2\nnginx:*\n", u"some.list"_s));
    const auto index = pool();
    const Selection selection = Selection::ofList(*index, list);
    QStringList lines;
    for (const Selection::Image &image : selection.images) {
        lines << image.line;
    }
    EXPECT_EQ(lines, (QStringList{u"redis:6.0"_s, u"redis:6.2"_s}));
    ASSERT_EQ(selection.absent.size(), 1U);
    EXPECT_EQ(selection.absent.front().line, u"nginx:*"_s);
}

} // namespace
} // namespace layerpool::test
