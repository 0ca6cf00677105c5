// SPDX-License-Identifier: Apache-2.0
#include "bundle/BundleReader.h"

#include "base/Digester.h"
#include "support/RawTar.h"

#include <QTemporaryDir>

#include <gtest/gtest.h>

// What a bundle says that it holds, and what of it is not believed.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

const QByteArray kBytes = "some layer";
const Digest kBundleDigest = Digester::of(kBytes);
const QByteArray kBlob =
    "docker/registry/v2/blobs/sha256/" + kBundleDigest.hex().first(2) + '/' + kBundleDigest.hex() + "/data";
const QByteArray kApp = "docker/registry/v2/repositories/team/app/";
const QByteArray kLayerLink = kApp + "_layers/sha256/" + kBundleDigest.hex() + "/link";
const QByteArray kTagLink = kApp + "_manifests/tags/v1/current/link";

class BundleReaderTest : public testing::Test
{
protected:
    Result<BundleContent> read(const std::vector<RawEntry> &entries,
                               qint64 mostEntries = BundleReader::mostEntries)
    {
        const QString path = m_directory.filePath(u"bundle.tar"_s);
        QFile file(path);
        EXPECT_TRUE(file.open(QIODevice::WriteOnly) && file.write(rawTar(entries)) > 0);
        file.close();
        const auto reader = BundleReader::open(path, {}, mostEntries);
        EXPECT_TRUE(isOk(reader));
        return (*reader)->read([this](const Descriptor &blob, TarReader &) {
            m_met.push_back(blob.digest);
            return Status();
        });
    }

    void expectRefused(const std::vector<RawEntry> &entries, const QByteArray &name, const QString &why)
    {
        const Result<BundleContent> content = read(entries);
        ASSERT_TRUE(isError(content, ErrorKind::BadInput));
        EXPECT_TRUE(content.error().what.contains(QString::fromLatin1(name)))
            << content.error().sentence().toStdString();
        EXPECT_TRUE(content.error().why.contains(why)) << content.error().sentence().toStdString();
    }

    std::vector<Digest> m_met;
    QTemporaryDir m_directory;
};

TEST_F(BundleReaderTest, TellsNamesAndDigests)
{
    const Result<BundleContent> content = read(
        {{kBlob, kBytes},
         {kApp + "_uploads/x/data", "half a layer"},
         {kLayerLink, kBundleDigest.toByteArray()},
         {kApp + "_manifests/revisions/sha256/" + kBundleDigest.hex() + "/link", kBundleDigest.toByteArray()},
         {kApp + "_manifests/tags/v1/index/sha256/" + kBundleDigest.hex() + "/link",
          kBundleDigest.toByteArray()},
         {kTagLink, kBundleDigest.toByteArray()}});
    ASSERT_TRUE(isOk(content));
    EXPECT_EQ(m_met, std::vector{kBundleDigest});
    EXPECT_EQ(content->blobs.at(kBundleDigest), kBytes.size());
    EXPECT_EQ(content->blobBytes, kBytes.size());
    const auto *app = content->repository(*RepositoryName::parse(u"team/app"));
    ASSERT_NE(app, nullptr);
    EXPECT_TRUE(app->layers.contains(kBundleDigest));
    EXPECT_TRUE(app->revisions.contains(kBundleDigest));
    EXPECT_EQ(app->tags.at(u"v1"_s), kBundleDigest);
}

TEST_F(BundleReaderTest, ALinkIsADigestAndItsOwn)
{
    const QByteArray other = Digester::of("other").toByteArray();
    for (const QByteArray &text : {QByteArray(), QByteArray("sha256:"), kBundleDigest.toByteArray() + '\n',
                                   kBundleDigest.toByteArray().first(70), QByteArray(1'000'000, 'x')}) {
        expectRefused({{kLayerLink, text}}, kLayerLink, u"holds no digest"_s);
        expectRefused({{kTagLink, text}}, kTagLink, u"holds no digest"_s);
    }
    expectRefused({{kLayerLink, other}}, kLayerLink, u"names the digest"_s);
}

// A registry takes an upload by its sha512, and keeps it by its sha256.
TEST_F(BundleReaderTest, ALayerMayHaveASecondName)
{
    const Digest second = Digester::of(kBytes, Digest::Algorithm::Sha512);
    const QByteArray alias = kApp + "_layers/sha512/" + second.hex() + "/link";
    EXPECT_TRUE(isOk(read({{alias, kBundleDigest.toByteArray()}})));
    expectRefused({{kLayerLink, second.toByteArray()}}, kLayerLink, u"names the digest"_s);
}

TEST_F(BundleReaderTest, WhatStandsThereTwiceMustBeTheSame)
{
    const RawEntry tag{kTagLink, kBundleDigest.toByteArray()};
    EXPECT_TRUE(isOk(
        read({tag, tag, {"./" + kTagLink, kBundleDigest.toByteArray()}, {kBlob, kBytes}, {kBlob, kBytes}})));
    expectRefused({tag, {kTagLink, Digester::of("other").toByteArray()}}, kTagLink, u"twice"_s);
    expectRefused({{kBlob, kBytes}, {"./" + kBlob, "some"}}, kBlob, u"twice"_s);
}

TEST_F(BundleReaderTest, EntriesAreCounted)
{
    const std::vector<RawEntry> entries{
        {"docker", {}, '5'}, {"docker/registry", {}, '5'}, {"docker/registry/v2", {}, '5'}};
    EXPECT_TRUE(isOk(read(entries, 3)));
    const Result<BundleContent> content = read(entries, 2);
    ASSERT_TRUE(isError(content, ErrorKind::BadInput));
    EXPECT_TRUE(content.error().what.contains(u"“docker/registry/v2”"_s));
}

} // namespace
} // namespace layerpool::test
