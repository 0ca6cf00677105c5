// SPDX-License-Identifier: Apache-2.0
#include "image/ImageReference.h"

namespace layerpool {
namespace {

using namespace Qt::StringLiterals;
using test::isError;
using test::isOk;

const QString kDigest = u"sha256:"_s + QString(64, u'a');

struct Good
{
    QString text;
    QString registry;
    QString repository;
    QString tag;
    bool hasDigest = false;
    bool isTagImplied = false;

    friend void PrintTo(const Good &good, std::ostream *out) { *out << good.text.toStdString(); }
};

class GoodReference : public testing::TestWithParam<Good>
{
};

TEST_P(GoodReference, IsReadAndWritten)
{
    const Good &expected = GetParam();
    const auto reference = ImageReference::parse(expected.text);
    ASSERT_TRUE(isOk(reference));
    EXPECT_EQ(reference->registry, expected.registry);
    EXPECT_EQ(reference->repository.toString(), expected.repository);
    EXPECT_EQ(reference->tag, expected.tag);
    EXPECT_EQ(reference->digest.has_value(), expected.hasDigest);
    EXPECT_EQ(reference->isTagImplied, expected.isTagImplied);
    const QString full = expected.isTagImplied ? expected.text + u":latest"_s : expected.text;
    EXPECT_EQ(reference->toString().toLower(), full.toLower());
    const auto again = ImageReference::parse(reference->toString());
    ASSERT_TRUE(isOk(again));
    EXPECT_EQ(again->toString(), reference->toString());
}

INSTANTIATE_TEST_SUITE_P(
    Forms, GoodReference,
    testing::Values(
        Good{u"busybox"_s, {}, u"busybox"_s, u"latest"_s, false, true},
        Good{u"busybox:1.36"_s, {}, u"busybox"_s, u"1.36"_s},
        Good{u"kubesphere/kube-apiserver:v1.20.4"_s, {}, u"kubesphere/kube-apiserver"_s, u"v1.20.4"_s},
        Good{u"busybox@"_s + kDigest, {}, u"busybox"_s, {}, true},
        Good{u"busybox:1@"_s + kDigest, {}, u"busybox"_s, u"1"_s, true},
        Good{u"quay.io/argoproj/argocd:v2"_s, u"quay.io"_s, u"argoproj/argocd"_s, u"v2"_s},
        Good{u"quay.io/x"_s, u"quay.io"_s, u"x"_s, u"latest"_s, false, true},
        Good{u"localhost/x:1"_s, u"localhost"_s, u"x"_s, u"1"_s},
        Good{u"localhost:5000/x"_s, u"localhost:5000"_s, u"x"_s, u"latest"_s, false, true},
        Good{u"harbor:443/a/b/c:t@"_s + kDigest, u"harbor:443"_s, u"a/b/c"_s, u"t"_s, true},
        Good{u"127.0.0.1:5000/x:V1"_s, u"127.0.0.1:5000"_s, u"x"_s, u"V1"_s},
        Good{u"[::1]:5000/x:1"_s, u"[::1]:5000"_s, u"x"_s, u"1"_s},
        Good{u"Quay.IO/x:1"_s, u"quay.io"_s, u"x"_s, u"1"_s},
        Good{u"host/x:1"_s, {}, u"host/x"_s, u"1"_s}, // no dot, no port: a name
        Good{u"redis:6.*"_s, {}, u"redis"_s, u"6.*"_s}, Good{u"redis:*"_s, {}, u"redis"_s, u"*"_s},
        Good{u"quay.io/x:v1.2[0-3]-?"_s, u"quay.io"_s, u"x"_s, u"v1.2[0-3]-?"_s},
        Good{u"foo.bar:v1"_s, {}, u"foo.bar"_s, u"v1"_s}, Good{u"host:5000"_s, {}, u"host"_s, u"5000"_s}));

TEST(ImageReferenceTest, APatternStandsForEachTagThatMatches)
{
    const auto reference = ImageReference::parse(u"quay.io/x:v1.*"_s);
    ASSERT_TRUE(isOk(reference));
    ASSERT_TRUE(reference->pattern);
    EXPECT_TRUE(reference->pattern->matches(u"v1.2"_s));
    const ImageReference one = reference->withTag(u"v1.2"_s);
    EXPECT_FALSE(one.pattern);
    EXPECT_EQ(one.toString(), u"quay.io/x:v1.2"_s);
}

struct Bad
{
    QString text;
    QString why; ///< a part of the reason

    friend void PrintTo(const Bad &bad, std::ostream *out) { *out << bad.text.toStdString(); }
};

class BadReference : public testing::TestWithParam<Bad>
{
};

TEST_P(BadReference, IsRefusedWithItsReason)
{
    const auto reference = ImageReference::parse(GetParam().text);
    ASSERT_TRUE(isError(reference, ErrorKind::BadInput));
    EXPECT_TRUE(reference.error().why.contains(GetParam().why)) << reference.error().sentence().toStdString();
    EXPECT_FALSE(reference.error().why.endsWith(u'.'));
}

INSTANTIATE_TEST_SUITE_P(
    Reasons, BadReference,
    testing::Values(
        Bad{u"redis*:1"_s, u"for tags alone"_s}, Bad{u"*/redis:1"_s, u"for tags alone"_s},
        Bad{u"*.io/x:1"_s, u"for tags alone"_s}, Bad{u"redis:[1"_s, u"no pattern of tags"_s},
        Bad{u"redis:1+*"_s, u"no pattern of tags"_s}, Bad{u"redis:1.*@"_s + kDigest, u"exclude each other"_s},
        Bad{u""_s, u"name is missing"_s}, Bad{u":1"_s, u"name is missing"_s},
        Bad{u"@"_s + kDigest, u"name is missing"_s}, Bad{u"quay.io/"_s, u"name is missing"_s},
        Bad{u"a b"_s, u"blank"_s}, Bad{u"a\tb:1"_s, u"blank"_s}, Bad{u"https://quay.io/x:1"_s, u"https://"_s},
        Bad{u"docker://x"_s, u"without"_s}, Bad{u"busybox:"_s, u"tag after"_s},
        Bad{u"busybox:-1"_s, u"“-1” is no tag"_s}, Bad{u"busybox:"_s + QString(129, u'a'), u"is no tag"_s},
        Bad{u"busybox:1:2"_s, u"two tags"_s}, Bad{u"busybox@sha256:abc"_s, u"digest"_s},
        Bad{u"busybox@"_s, u"digest"_s}, Bad{u"busybox@"_s + kDigest + u"@"_s + kDigest, u"digest"_s},
        Bad{u"busybox@"_s + kDigest.toUpper(), u"digest"_s},
        Bad{u"busybox@"_s + kDigest + u":1"_s, u"digest"_s}, Bad{u"Busybox:1"_s, u"capital"_s},
        Bad{u"quay.io/Foo/bar"_s, u"capital"_s}, Bad{u"a//b"_s, u"part of the name is empty"_s},
        Bad{u"/a"_s, u"part of the name is empty"_s}, Bad{u"a/:1"_s, u"part of the name is empty"_s},
        Bad{QString(256, u'a'), u"255"_s}, Bad{u"a/../b"_s, u"no repository name"_s},
        Bad{u"nginx#1.2"_s, u"no repository name"_s}, Bad{u"a___b"_s, u"no repository name"_s},
        Bad{u"host:port/x"_s, u"no registry"_s}, Bad{u"host:0/x"_s, u"no registry"_s},
        Bad{u"host:70000/x"_s, u"no registry"_s}, Bad{u"host:+80/x"_s, u"no registry"_s},
        Bad{u"user:pw@host.io/x"_s, u"digest"_s}, Bad{u"-.io/x"_s, u"no registry"_s},
        Bad{u"a..io/x"_s, u"no registry"_s}));

} // namespace
} // namespace layerpool
