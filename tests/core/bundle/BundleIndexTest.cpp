// SPDX-License-Identifier: Apache-2.0
#include "bundle/BundleIndex.h"

#include "base/Digester.h"
#include "support/Print.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <gtest/gtest.h>

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

BundleContent contentOf(int blobs)
{
    BundleContent content;
    for (int i = 0; i < blobs; ++i) {
        const Digest digest = Digester::of(QByteArray::number(i));
        const RepositoryName name = *RepositoryName::parse(u"team/app%1"_s.arg(i % 3));
        BundleContent::Repository &repository = content.repositories[name];
        repository.tags.emplace(u"v%1"_s.arg(i), digest);
        repository.layers = DigestSet({digest});
        repository.revisions = DigestSet({digest});
        content.blobs.emplace(digest, (i + 1) * Q_INT64_C(3'000'000'000));
        content.blobBytes += (i + 1) * Q_INT64_C(3'000'000'000);
    }
    return content;
}

QString idOf(const QByteArray &index)
{
    return QJsonDocument::fromJson(index).object().value("id"_L1).toString();
}

TEST(BundleIndexTest, IsReadAsItWasWritten)
{
    const BundleContent content = contentOf(7);
    const Result<BundleContent> read = readBundleIndex(writeBundleIndex(content));
    ASSERT_TRUE(isOk(read));
    EXPECT_EQ(differenceOf(*read, content), QString());
    EXPECT_EQ(read->blobBytes, content.blobBytes);
}

TEST(BundleIndexTest, ListsTheProgramThatComesAlong)
{
    BundleContent content = contentOf(2);
    const QString without = idOf(writeBundleIndex(content));
    content.tool = {"layerpool-cli-portable", 5'000'000'000, Digester::of("program")};
    const Result<BundleContent> read = readBundleIndex(writeBundleIndex(content));
    ASSERT_TRUE(isOk(read));
    EXPECT_EQ(read->tool, content.tool);
    EXPECT_NE(idOf(writeBundleIndex(content)), without);
    const QByteArray index = writeBundleIndex(content);
    for (const auto &[from, to] : std::vector<std::pair<QByteArray, QByteArray>>{
             {"layerpool-cli-portable", "../evil"},
             {"5000000000", "-1"},
             {"5000000000", "0.5"},
             {"\"layerpool-cli-portable\"", "\"x\", \"name\": \"y\""}}) {
        EXPECT_TRUE(isError(readBundleIndex(QByteArray(index).replace(from, to)), ErrorKind::BadInput))
            << to.toStdString();
    }
}

TEST(BundleIndexTest, DependsOnNothingButTheContent)
{
    BundleContent other; // the same, from the last to the first
    const BundleContent content = contentOf(20);
    std::vector<std::pair<Digest, qint64>> blobs(content.blobs.begin(), content.blobs.end());
    for (auto blob = blobs.rbegin(); blob != blobs.rend(); ++blob) {
        other.blobs.insert(*blob);
    }
    other.repositories = content.repositories;
    EXPECT_EQ(writeBundleIndex(other), writeBundleIndex(content));
    EXPECT_TRUE(Digest::parse(QByteArrayView(idOf(writeBundleIndex(content)).toLatin1())));
    EXPECT_NE(idOf(writeBundleIndex(contentOf(19))), idOf(writeBundleIndex(content)));
}

} // namespace
} // namespace layerpool::test
