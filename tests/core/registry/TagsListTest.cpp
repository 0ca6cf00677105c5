// SPDX-License-Identifier: Apache-2.0
#include "registry/RegistryClient.h"

#include "support/FakeRegistry.h"

#include <QTemporaryDir>

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

const QByteArray kPath = "/v2/a/tags/list";

FakeReply page(const QByteArray &tags, const QByteArray &next = {})
{
    FakeReply reply = FakeReply::json(200, R"({"name":"a","tags":[)" + tags + "]}");
    if (!next.isEmpty()) {
        reply.header("Link", '<' + next + ">; rel=\"next\"");
    }
    return reply;
}

class TagsListTest : public testing::Test
{
protected:
    Result<RegistryClient::Tags> tags(int mostPages = 10)
    {
        RegistryOptions options;
        options.http.tries = 2;
        options.http.idleSeconds = 2;
        options.authFile = m_authFile;
        const auto access = RegistryAccess::create(options);
        EXPECT_TRUE(isOk(access));
        RegistryClient client(**access, {});
        return client.tags({m_fake.host(), *RepositoryName::parse(u"a")}, mostPages);
    }

    FakeRegistry m_fake;
    QTemporaryDir m_directory;
    QString m_authFile;
};

TEST_F(TagsListTest, GoesFromPageToPage)
{
    m_fake.on("GET", kPath).reply(page(R"("1","2")", kPath + "?n=2&last=2")).thenReply(page(R"("3","2")"));
    const auto found = tags();
    ASSERT_TRUE(isOk(found));
    EXPECT_EQ(found->names, (QStringList{u"1"_s, u"2"_s, u"3"_s}));
    EXPECT_TRUE(found->areAll);
    const auto asked = m_fake.requests("GET", kPath);
    ASSERT_EQ(asked.size(), 2U);
    EXPECT_EQ(asked[1].query, "n=2&last=2");
}

TEST_F(TagsListTest, StopsAfterThePagesThatWereAskedFor)
{
    m_fake.on("GET", kPath).replyWith([](const FakeRequest &request) {
        const QByteArray number = QByteArray::number(request.attempt);
        return page('"' + number + '"', kPath + "?last=" + number);
    });
    const auto found = tags(3);
    ASSERT_TRUE(isOk(found));
    EXPECT_FALSE(found->areAll);
    EXPECT_EQ(found->names.size(), 3);
}

TEST_F(TagsListTest, PagesThatLeadInCirclesAreAnError)
{
    m_fake.on("GET", kPath).reply(page(R"("1")", kPath + "?last=1"));
    EXPECT_TRUE(isError(tags(1000), ErrorKind::Corrupt));
    EXPECT_LE(m_fake.count("GET", kPath), 3);
}

TEST_F(TagsListTest, WhatIsNoTagIsLeftOut)
{
    m_fake.on("GET", kPath).reply(page(R"("good","../bad",7,"",null)"));
    const auto found = tags();
    ASSERT_TRUE(isOk(found));
    EXPECT_EQ(found->names, QStringList{u"good"_s});
}

TEST_F(TagsListTest, ARepositoryWithoutTagsHasNone)
{
    m_fake.on("GET", kPath).reply(FakeReply::json(200, R"({"name":"a","tags":null})"));
    const auto found = tags();
    ASSERT_TRUE(isOk(found));
    EXPECT_TRUE(found->names.isEmpty());
}

TEST_F(TagsListTest, ALinkToAnotherOriginGetsNoLogin)
{
    FakeRegistry other;
    other.on("GET", "/more").reply(page(R"("2")"));
    m_fake.on("GET", "/v2/").reply(FakeReply::unauthorized("Basic realm=\"x\"")).thenReply(FakeReply(200));
    m_fake.on("GET", kPath).reply(page(R"("1")", other.url(u"/more"_s).toLatin1()));
    m_authFile = m_directory.filePath(u"auth.json"_s);
    QFile file(m_authFile);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(R"({"auths":{")" + m_fake.host().toLatin1() + R"(":{"auth":")" +
               QByteArray("user:canary").toBase64() + R"("}}})");
    file.close();
    const auto found = tags();
    ASSERT_TRUE(isOk(found));
    EXPECT_EQ(found->names, (QStringList{u"1"_s, u"2"_s}));
    EXPECT_TRUE(m_fake.requests("GET", kPath).front().hasHeader("Authorization"));
    for (const FakeRequest &request : other.requests()) {
        EXPECT_FALSE(request.hasHeader("Authorization"));
    }
}

TEST_F(TagsListTest, WhatIsNoListIsAnError)
{
    m_fake.on("GET", kPath).reply(FakeReply(200, "<html>"));
    EXPECT_TRUE(isError(tags(), ErrorKind::Corrupt));
    m_fake.on("GET", kPath).reply(FakeReply::error(404, "NAME_UNKNOWN"));
    EXPECT_TRUE(isError(tags(), ErrorKind::NotFound));
}

} // namespace
} // namespace layerpool::test
