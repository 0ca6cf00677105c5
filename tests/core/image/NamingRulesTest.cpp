// SPDX-License-Identifier: Apache-2.0
#include "image/NamingRules.h"

namespace layerpool {
namespace {

using namespace Qt::StringLiterals;
using test::isError;

const QString kPinned = u"sha256:"_s + QString(64, u'a');

ImageReference reference(const QString &text)
{
    return *ImageReference::parse(text);
}

RegistryAddress address(const QString &text)
{
    return *RegistryAddress::parse(text);
}

QStringList remotes(const NamingRules &rules, const QString &text)
{
    QStringList found;
    const auto remotes = rules.remotes(reference(text));
    if (!remotes) {
        return {remotes.error().sentence()};
    }
    for (const RemoteRepository &remote : *remotes) {
        found << remote.host + u' ' + remote.name.toString();
    }
    return found;
}

QString poolName(const NamingRules &rules, const QString &text)
{
    const auto name = rules.poolName(reference(text));
    return name ? name->toString() : name.error().sentence();
}

QStringList candidates(const QString &text)
{
    QStringList found;
    for (const RepositoryName &name : poolCandidates(reference(text))) {
        found << name.toString();
    }
    return found;
}

TEST(NamingRules, DockerHubKeepsOnePartNamesUnderLibrary)
{
    const NamingRules rules;
    EXPECT_EQ(remotes(rules, u"busybox:1"_s), QStringList{u"docker.io library/busybox"_s});
    EXPECT_EQ(remotes(rules, u"docker.io/busybox:1"_s), QStringList{u"docker.io library/busybox"_s});
    EXPECT_EQ(remotes(rules, u"index.docker.io/busybox:1"_s), QStringList{u"docker.io library/busybox"_s});
    EXPECT_EQ(remotes(rules, u"kubesphere/x:1"_s), QStringList{u"docker.io kubesphere/x"_s});
    EXPECT_EQ(remotes(rules, u"quay.io/x:1"_s), QStringList{u"quay.io x"_s});
    EXPECT_EQ(poolName(rules, u"busybox:1"_s), u"library/busybox"_s);
    EXPECT_EQ(poolName(rules, u"quay.io/argoproj/argocd:v2"_s), u"argoproj/argocd"_s);
    EXPECT_EQ(poolName(rules, u"quay.io/x:1"_s), u"x"_s);
}

TEST(NamingRules, AnotherSourceIsAskedForTheNameAsWritten)
{
    NamingRules rules;
    rules.source = address(u"localhost:5000/mirror"_s);
    EXPECT_EQ(remotes(rules, u"busybox:1"_s), QStringList{u"localhost:5000 mirror/busybox"_s});
    EXPECT_EQ(poolName(rules, u"busybox:1"_s), u"busybox"_s);
    EXPECT_EQ(remotes(rules, u"docker.io/busybox:1"_s), QStringList{u"docker.io library/busybox"_s});
    EXPECT_EQ(poolName(rules, u"docker.io/busybox:1"_s), u"library/busybox"_s);
    // A line that names the source's host itself asks for just what it says.
    EXPECT_EQ(remotes(rules, u"localhost:5000/busybox:1"_s), QStringList{u"localhost:5000 busybox"_s});
}

TEST(NamingRules, MirrorsAreAskedFirst)
{
    NamingRules rules;
    rules.mirrors[u"docker.io"_s] = {address(u"m1:5000/hub"_s), address(u"m2"_s)};
    EXPECT_EQ(remotes(rules, u"busybox:1"_s),
              (QStringList{u"m1:5000 hub/library/busybox"_s, u"m2 library/busybox"_s,
                           u"docker.io library/busybox"_s}));
    EXPECT_EQ(remotes(rules, u"docker.io/a/b:1"_s),
              (QStringList{u"m1:5000 hub/a/b"_s, u"m2 a/b"_s, u"docker.io a/b"_s}));
    EXPECT_EQ(remotes(rules, u"quay.io/a/b:1"_s), QStringList{u"quay.io a/b"_s});
    EXPECT_EQ(poolName(rules, u"busybox:1"_s), u"library/busybox"_s);
}

TEST(NamingRules, KeepsTheHostInFrontWhereAsked)
{
    NamingRules rules;
    rules.keepsHost = true;
    EXPECT_EQ(poolName(rules, u"busybox:1"_s), u"docker.io/library/busybox"_s);
    EXPECT_EQ(poolName(rules, u"quay.io/a/b:1"_s), u"quay.io/a/b"_s);
    EXPECT_EQ(poolName(rules, u"localhost:5000/a:1"_s), u"localhost_5000/a"_s);
    EXPECT_TRUE(isError(rules.poolName(reference(u"[::1]:5000/a:1"_s)), ErrorKind::BadInput));
}

TEST(NamingRules, ANameThatGetsTooLongIsAnError)
{
    NamingRules rules;
    rules.source = address(u"h:1/"_s + QString(100, u'p'));
    const ImageReference longName = reference(QString(200, u'a') + u":1"_s);
    EXPECT_TRUE(isError(rules.remotes(longName), ErrorKind::BadInput));
    EXPECT_TRUE(rules.poolName(longName));
}

TEST(NamingRules, OneKeyForOneImage)
{
    const NamingRules rules;
    const auto key = [&](const QString &text) { return rules.keyOf(reference(text)); };
    EXPECT_EQ(key(u"busybox"_s), key(u"docker.io/library/busybox:latest"_s));
    EXPECT_EQ(key(u"busybox"_s), key(u"index.docker.io/busybox"_s));
    EXPECT_NE(key(u"busybox:1"_s), key(u"busybox:2"_s));
    EXPECT_NE(key(u"busybox:1"_s), key(u"quay.io/busybox:1"_s));
    EXPECT_NE(key(u"busybox:1"_s), key(u"busybox:1@"_s + kPinned));
}

TEST(NamingRules, ADigestAloneGetsATagOfItsOwn)
{
    EXPECT_EQ(poolTag(reference(u"a:1"_s)), u"1"_s);
    EXPECT_EQ(poolTag(reference(u"a"_s)), u"latest"_s);
    EXPECT_EQ(poolTag(reference(u"a:1@"_s + kPinned)), u"1"_s);
    EXPECT_EQ(poolTag(reference(u"a@"_s + kPinned)), u"sha256-aaaaaaaaaaaa"_s);
    EXPECT_TRUE(isTag(poolTag(reference(u"a@"_s + kPinned))));
}

TEST(NamingRules, LooksWithTheHostFirstThenWithoutThenUnderLibrary)
{
    EXPECT_EQ(candidates(u"a/b:1"_s), (QStringList{u"docker.io/a/b"_s, u"a/b"_s}));
    EXPECT_EQ(candidates(u"busybox"_s), (QStringList{u"docker.io/busybox"_s, u"docker.io/library/busybox"_s,
                                                     u"busybox"_s, u"library/busybox"_s}));
    EXPECT_EQ(candidates(u"h:5000/a/b:1"_s), (QStringList{u"h_5000/a/b"_s, u"a/b"_s}));
    EXPECT_EQ(candidates(u"[::1]:5000/a/b:1"_s), QStringList{u"a/b"_s});
}

TEST(NamingRules, RemotesServeAsKeys)
{
    const RemoteRepository a{u"h"_s, *RepositoryName::parse(u"a"_s)};
    const RemoteRepository b{u"h"_s, *RepositoryName::parse(u"b"_s)};
    const RemoteRepository c{u"i"_s, *RepositoryName::parse(u"a"_s)};
    EXPECT_LT(a, b);
    EXPECT_LT(b, c);
    EXPECT_EQ(a, a);
}

} // namespace
} // namespace layerpool
