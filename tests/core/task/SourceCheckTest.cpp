// SPDX-License-Identifier: Apache-2.0
#include "task/SourceCheck.h"

#include "core/task/ConvertTest.h"
#include "support/StockRegistry.h"

// What a source says of a list's lines, beside what the pool has of them.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;
using Finding = SourceFinding::Kind;

class SourceCheckTest : public ConvertTest
{
protected:
    std::vector<SourceFinding> check(const QByteArray &list, bool hasPool = true)
    {
        const ConvertRequest like = request(list);
        SourceCheckRequest asked{like.lines, like.naming, like.registry, hasPool ? pool() : nullptr};
        for (const RegistryAddress &mirror : m_mirrors) {
            asked.naming.mirrors[m_fake.host()].push_back(mirror);
        }
        const auto findings = checkAtSource(asked, m_recorder.context());
        EXPECT_TRUE(isOk(findings));
        return findings ? *findings : std::vector<SourceFinding>();
    }
    static std::vector<Finding> kinds(const std::vector<SourceFinding> &findings)
    {
        std::vector<Finding> kinds;
        for (const SourceFinding &finding : findings) {
            kinds.push_back(finding.kind);
        }
        return kinds;
    }
    int gets() const
    {
        return m_fake.countBelow("GET", "/v2/same/") + m_fake.countBelow("GET", "/v2/index/");
    }

    std::vector<RegistryAddress> m_mirrors;
};

TEST_F(SourceCheckTest, TellsWhatHasMovedWhatIsGoneAndWhatIsTheSame)
{
    m_samples.add(u"same"_s, u"1"_s);
    m_samples.add(u"moved"_s, u"1"_s);
    const Sample index = m_samples.add(u"index"_s, u"1"_s, {.kind = SampleKind::OciIndex});
    convert("same:1\nmoved:1\nindex:1\n");
    EXPECT_NE(tagged(u"index:1"_s), index.root) << "the tag names one platform's manifest";
    const Sample now = m_samples.add(u"moved"_s, u"1"_s, {.seed = 2});

    const auto findings = check("same:1\nmoved:1\nindex:1\nnone:1\n");
    EXPECT_EQ(kinds(findings),
              (std::vector{Finding::There, Finding::Moved, Finding::There, Finding::Absent}));
    EXPECT_EQ(findings[1].now, now.root);
    EXPECT_EQ(findings[1].host, m_fake.host());
    EXPECT_EQ(m_recorder.progress.imagesTotal, 4);
}

TEST_F(SourceCheckTest, AnIndexThatThePoolHasSeenCostsOneHead)
{
    m_samples.add(u"same"_s, u"1"_s);
    m_samples.add(u"index"_s, u"1"_s, {.kind = SampleKind::DockerList});
    convert("same:1\nindex:1\n");
    const int before = gets();
    EXPECT_EQ(kinds(check("same:1\nindex:1\n")), (std::vector{Finding::There, Finding::There}));
    EXPECT_EQ(gets(), before);
}

TEST_F(SourceCheckTest, AnIndexThatGotAnotherPlatformHasNotMoved)
{
    m_samples.add(u"index"_s, u"1"_s, {.kind = SampleKind::OciIndex});
    convert("index:1\n");
    m_samples.add(u"index"_s, u"1"_s,
                  {.kind = SampleKind::OciIndex, .platforms = {*Platform::parse(u"linux/amd64"_s)}});
    EXPECT_EQ(kinds(check("index:1\n")), std::vector{Finding::There}) << "the pool's platform is the same";
    m_samples.add(u"index"_s, u"1"_s, {.kind = SampleKind::OciIndex, .seed = 2});
    EXPECT_EQ(kinds(check("index:1\n")), std::vector{Finding::Moved});
}

TEST_F(SourceCheckTest, WithoutAPoolItSaysWhatIsThere)
{
    const Sample sample = m_samples.add(u"a"_s, u"1"_s);
    const QByteArray pinned = "a@" + sample.root.toByteArray() + '\n';
    EXPECT_EQ(kinds(check("a:1\na:2\n" + pinned, false)),
              (std::vector{Finding::There, Finding::Absent, Finding::There}));
}

TEST_F(SourceCheckTest, APinnedLineTellsThatItsTagHasMoved)
{
    const Sample before = m_samples.add(u"a"_s, u"1"_s);
    const QByteArray line = "a:1@" + before.root.toByteArray() + '\n';
    EXPECT_EQ(kinds(check(line, false)), std::vector{Finding::There});
    m_samples.add(u"a"_s, u"1"_s, {.seed = 2});
    EXPECT_EQ(kinds(check(line, false)), std::vector{Finding::Moved});
}

TEST_F(SourceCheckTest, APatternTellsWhatMovedAndWhatIsNew)
{
    m_samples.add(u"a"_s, u"1.0"_s);
    m_samples.add(u"a"_s, u"1.1"_s);
    convert("a:1.*\n");
    m_samples.add(u"a"_s, u"1.2"_s);
    m_fake.serve(m_source.path());
    auto findings = check("a:1.*\nb:*\n");
    EXPECT_EQ(kinds(findings), (std::vector{Finding::There, Finding::Absent}));
    EXPECT_EQ(findings[0].newTags, 1);
    m_samples.add(u"a"_s, u"1.0"_s, {.seed = 2});
    EXPECT_EQ(kinds(check("a:1.*\n")), std::vector{Finding::Moved});
}

TEST_F(SourceCheckTest, WhatAMirrorLacksTheRegistryMayHave)
{
    m_samples.add(u"a"_s, u"1"_s);
    FakeRegistry mirror;
    m_mirrors = {{mirror.host(), {}}};
    const auto findings = check("a:1\nnone:1\n", false);
    EXPECT_EQ(kinds(findings), (std::vector{Finding::There, Finding::Absent}));
    EXPECT_EQ(findings[0].host, m_fake.host());
}

TEST_F(SourceCheckTest, WhoCannotBeAskedIsSaidToBe)
{
    const auto findings = check("127.0.0.1:1/a:1\n", false);
    ASSERT_EQ(kinds(findings), std::vector{Finding::Failed});
    EXPECT_EQ(findings[0].error->kind, ErrorKind::Unreachable);
    EXPECT_EQ(findings[0].host, u"127.0.0.1:1"_s);
}

TEST_F(SourceCheckTest, ACancelEndsIt)
{
    m_recorder.cancel.cancel();
    const ConvertRequest like = request("a:1\n");
    const auto findings =
        checkAtSource({like.lines, like.naming, like.registry, nullptr}, m_recorder.context());
    EXPECT_TRUE(isError(findings, ErrorKind::Cancelled));
}

TEST_F(SourceCheckTest, ARealRegistryIsUnderstood)
{
    m_samples.add(u"same"_s, u"1"_s, {.kind = SampleKind::OciIndex});
    m_samples.add(u"moved"_s, u"1"_s);
    convert("same:1\nmoved:1\n");
    const Sample now = m_samples.add(u"moved"_s, u"1"_s, {.seed = 2});
    const StockRegistry stock(m_source.path(), {.isReadOnly = true});
    ASSERT_TRUE(stock.isUp());
    const ConvertRequest like = request("same:1\nmoved:1\nnone:1\n");
    NamingRules naming;
    naming.source = {stock.host(), {}};
    const auto findings = checkAtSource({like.lines, naming, like.registry, pool()}, m_recorder.context());
    ASSERT_TRUE(isOk(findings));
    EXPECT_EQ(kinds(*findings), (std::vector{Finding::There, Finding::Moved, Finding::Absent}));
    EXPECT_EQ((*findings)[1].now, now.root);
}

} // namespace
} // namespace layerpool::test
