// SPDX-License-Identifier: Apache-2.0
#include "bundle/BundleReader.h"

#include "base/Digester.h"
#include "bundle/BundleIndex.h"
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
        return (*reader)->read([this](const Descriptor &blob, BlobBytes &) {
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

class ListedBundleTest : public BundleReaderTest
{
protected:
    std::vector<RawEntry> entries(const QByteArray &index) const
    {
        return {{bundleIndexPath, index},
                {kBlob, kBytes},
                {kLayerLink, kBundleDigest.toByteArray()},
                {kTagLink, kBundleDigest.toByteArray()}};
    }
    BundleContent listed()
    {
        BundleContent content;
        content.blobs.emplace(kBundleDigest, kBytes.size());
        content.blobBytes = kBytes.size();
        content.repositories[*RepositoryName::parse(u"team/app")] = {
            DigestSet({kBundleDigest}), {}, {{u"v1"_s, kBundleDigest}}};
        return content;
    }
    BundleContent::Repository &app(BundleContent &content)
    {
        return content.repositories.at(*RepositoryName::parse(u"team/app"));
    }
    void expectRefused(const BundleContent &content, const QString &why)
    {
        BundleReaderTest::expectRefused(entries(writeBundleIndex(content)), bundleIndexPath, why);
    }
};

TEST_F(ListedBundleTest, IsAsItsIndexSays)
{
    const Result<BundleContent> content = read(entries(writeBundleIndex(listed())));
    ASSERT_TRUE(isOk(content));
    EXPECT_EQ(content->blobBytes, kBytes.size());
}

TEST_F(ListedBundleTest, IsRefusedWhereItHoldsAnythingElse)
{
    const Digest other = Digester::of("other");
    BundleContent more = listed();
    more.blobs.emplace(other, 1);
    expectRefused(more, u"it lists the blob %1"_s.arg(other.toString()));
    BundleContent less = listed();
    less.blobs.clear();
    expectRefused(less, u"does not list it"_s);
    BundleContent larger = listed();
    larger.blobs.at(kBundleDigest) += 1;
    expectRefused(larger, u"another size"_s);
    BundleContent moved = listed();
    app(moved).tags.at(u"v1"_s) = other;
    expectRefused(moved, u"another tag team/app:v1"_s);
    BundleContent tagged = listed();
    app(tagged).tags.emplace(u"v2"_s, other);
    expectRefused(tagged, u"another tag team/app:v2"_s);
    BundleContent linked = listed();
    app(linked).layers = {};
    expectRefused(linked, u"another link of team/app"_s);
}

// It is hashed and passed over; the index may come after it.
TEST_F(ListedBundleTest, MayCarryTheProgramThatItsIndexLists)
{
    BundleContent content = listed();
    content.tool = {"layerpool-cli-portable", 4, Digester::of("prog")};
    std::vector<RawEntry> all = entries(writeBundleIndex(content));
    BundleReaderTest::expectRefused(all, bundleIndexPath, u"the bundle has it not"_s);
    const QByteArray name = "layerpool/tool/layerpool-cli-portable";
    all.insert(all.begin(), {{"layerpool", {}, '5'}, {"layerpool/tool", {}, '5'}, {name, "prog"}});
    m_met.clear();
    const Result<BundleContent> read = BundleReaderTest::read(all);
    ASSERT_TRUE(isOk(read));
    EXPECT_EQ(read->tool, content.tool);
    EXPECT_EQ(m_met, std::vector{kBundleDigest});
    all[2].bytes = "evil";
    BundleReaderTest::expectRefused(all, name, u"another program"_s);
    all[2] = {"layerpool/tool/other", "prog"};
    BundleReaderTest::expectRefused(all, all[2].name, u"another program"_s);
    all[2] = {name, "prog"};
    all.push_back({"layerpool/tool/second", "prog"});
    BundleReaderTest::expectRefused(all, "layerpool/tool/second", u"a program already"_s);
}

TEST_F(ListedBundleTest, AProgramThatNoIndexListsIsRefused)
{
    const RawEntry tool{"layerpool/tool/x", "prog"};
    std::vector<RawEntry> all = entries(writeBundleIndex(listed()));
    all.push_back(tool);
    BundleReaderTest::expectRefused(all, tool.name, u"does not list it"_s);
    BundleReaderTest::expectRefused({{kBlob, kBytes}, tool}, tool.name, u"does not list it"_s);
}

TEST_F(ListedBundleTest, IsRefusedWhereItsIndexIsNone)
{
    for (const auto &[index, why] :
         {std::pair(QByteArray("no JSON"), u"no JSON"_s),
          std::pair(QByteArray(R"({"version": 9})"), u"version"_s),
          std::pair(QByteArray(R"({"version": 1, "blobs": []})"), u"no repositories"_s),
          std::pair(QByteArray(R"({"version": 1, "repositories": [], "blobs": [{"digest": "x"}]})"),
                    u"a blob that is none"_s),
          std::pair(QByteArray(R"({"version": 1, "repositories": [], "blobs": [], "blobs": []})"),
                    u"twice"_s)}) {
        BundleReaderTest::expectRefused(entries(index), bundleIndexPath, why);
    }
    std::vector<RawEntry> twice = entries(writeBundleIndex(listed()));
    twice.push_back(twice.front());
    BundleReaderTest::expectRefused(twice, bundleIndexPath, u"twice"_s);
}

} // namespace
} // namespace layerpool::test
