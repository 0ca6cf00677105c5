// SPDX-License-Identifier: Apache-2.0
#include "image/RegistryAddress.h"

namespace layerpool {
namespace {

using namespace Qt::StringLiterals;
using test::isError;
using test::isOk;

TEST(RegistryAddress, IsReadAsPeopleWriteIt)
{
    const auto of = [](const QString &text) {
        const auto address = RegistryAddress::parse(text);
        return address ? address->host + u'|' + address->prefix : address.error().sentence();
    };
    EXPECT_EQ(of(u"quay.io"_s), u"quay.io|"_s);
    EXPECT_EQ(of(u"harbor"_s), u"harbor|"_s);
    EXPECT_EQ(of(u"Harbor.Corp:443/mirror"_s), u"harbor.corp:443|mirror"_s);
    EXPECT_EQ(of(u"h:5000/a/b/c"_s), u"h:5000|a/b/c"_s);
    EXPECT_EQ(of(u"h:5000/a/"_s), u"h:5000|a"_s);
    EXPECT_EQ(of(u"h:5000/"_s), u"h:5000|"_s);
    EXPECT_EQ(of(u"[::1]:5000/a"_s), u"[::1]:5000|a"_s);
    EXPECT_EQ(of(u"127.0.0.1"_s), u"127.0.0.1|"_s);
}

TEST(RegistryAddress, DockerHubHasOneName)
{
    for (const QString &text :
         {u"docker.io"_s, u"index.docker.io"_s, u"registry-1.docker.io"_s, u"DOCKER.IO"_s}) {
        const auto address = RegistryAddress::parse(text);
        ASSERT_TRUE(isOk(address));
        EXPECT_TRUE(address->isDockerHub());
        EXPECT_EQ(*address, RegistryAddress::dockerHub());
    }
    EXPECT_FALSE(RegistryAddress::parse(u"my.docker.io"_s)->isDockerHub());
}

TEST(RegistryAddress, RefusesWhatIsNone)
{
    for (const QString &text : {u""_s,         u"/"_s,         u"/prefix"_s, u"https://quay.io"_s,
                                u"http://h"_s, u"user:pw@h"_s, u"h:port"_s,  u"h:"_s,
                                u"h:0"_s,      u"h:65536"_s,   u"h:-1"_s,    u"h:+80"_s,
                                u"h: 80"_s,    u"h:1:2"_s,     u"h_x"_s,     u"h x"_s,
                                u"-h"_s,       u"h-"_s,        u"a..b"_s,    u".a"_s,
                                u"::1"_s,      u"[::1"_s,      u"[zz]:1"_s,  u"h/UP"_s,
                                u"h//a"_s,     u"h/../a"_s,    u"h/a?b"_s,   u"h/a:t"_s,
                                u"é.io"_s}) {
        EXPECT_TRUE(isError(RegistryAddress::parse(text), ErrorKind::BadInput)) << text.toStdString();
    }
    EXPECT_TRUE(RegistryAddress::parse(u"user:secret@h"_s).error().why.contains(u"passwords"_s));
}

TEST(RegistryAddress, LoopbackIsThisMachineOnly)
{
    for (const QString &host : {u"localhost"_s, u"localhost:5000"_s, u"127.0.0.1"_s, u"127.0.0.1:80"_s,
                                u"127.9.9.9:1"_s, u"[::1]"_s, u"[::1]:5000"_s}) {
        EXPECT_TRUE(isLoopbackHost(host)) << host.toStdString();
    }
    for (const QString &host : {u"localhost.evil.com"_s, u"127.0.0.1.evil.com"_s, u"10.0.0.1"_s, u"quay.io"_s,
                                u"xlocalhost"_s, u"[::2]:5000"_s, u"128.0.0.1"_s, u""_s}) {
        EXPECT_FALSE(isLoopbackHost(host)) << host.toStdString();
    }
}

} // namespace
} // namespace layerpool
