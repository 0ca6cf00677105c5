// SPDX-License-Identifier: Apache-2.0
#include "bundle/BundlePool.h"

#include "base/Digester.h"
#include "bundle/BundleIndex.h"
#include "bundle/BundleReader.h"
#include "bundle/BundleSidecars.h"
#include "core/task/ImportTest.h"
#include "sign/Signature.h"
#include "task/TarPlan.h"

// A bundle as a pool, where it is signed: what is told of it is what was signed, or nothing is.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;
using SignatureKind = SignatureCheck::Kind;

class BundlePoolTest : public ImportTest
{
protected:
    void SetUp() override
    {
        m_image = m_samples.add(u"team/a"_s, u"v1"_s);
        pack(u"all.tar"_s);
    }

    /// Of all that there is, signed.
    void pack(const QString &name)
    {
        m_bundle = path(name);
        const auto index = readPool(m_source.path());
        TarRequest request{.name = u"all"_s, .target = m_bundle, .replaces = true};
        request.signer = m_key;
        request.report = false;
        Result<TarPlan> planned = planTar(index, Selection::ofAll(*index), std::move(request));
        ASSERT_TRUE(isOk(planned));
        ASSERT_TRUE(TarTask(*std::move(planned)).run(m_recorder.context()).isClean());
    }
    QByteArray bytes() const
    {
        QFile file(m_bundle);
        EXPECT_TRUE(file.open(QIODevice::ReadOnly));
        return file.readAll();
    }
    void put(const QString &file, const QByteArray &text) const { write(text, QFileInfo(file).fileName()); }
    /// A tar of these, with an index of its own in front that agrees with them.
    void putWithIndex(std::vector<RawEntry> all) const
    {
        const auto reader = BundleReader::open(write(rawTar(all), u"scratch.tar"_s), {});
        ASSERT_TRUE(isOk(reader));
        const auto content = (*reader)->read([](const Descriptor &, BlobBytes &) { return Status(); });
        ASSERT_TRUE(isOk(content));
        all.insert(all.begin(), {QByteArray(bundleIndexPath), writeBundleIndex(*content)});
        put(m_bundle, rawTar(all));
    }
    void putSums(const QByteArray &text) const { put(sumsPathOf(m_bundle), text); }
    void sign(const QByteArray &text, const SecretKey &key) const
    {
        putSums(text);
        put(signaturePathOf(m_bundle), Signature::of(text, key, "timestamp:1").toFile());
    }
    /// Sums as `sha256sum all.tar` makes them.
    QByteArray sumsByHand() const { return FileSums{{{"all.tar", Digester::of(bytes())}}}.toText(); }

    Result<Pool> open(SignaturePolicy policy = SignaturePolicy::Warn, const OnBundleRead &onRead = {}) const
    {
        return openBundle(m_bundle, {policy, {m_key->publicKey()}}, m_recorder.cancel, onRead);
    }
    void expectOpened(SignatureKind kind, SignaturePolicy policy = SignaturePolicy::Warn) const
    {
        const Result<Pool> pool = open(policy);
        ASSERT_TRUE(isOk(pool));
        ASSERT_NE(signatureOf(*pool), nullptr);
        EXPECT_EQ(signatureOf(*pool)->kind, kind);
        const QString sentence = signatureOf(*pool)->sentence();
        EXPECT_EQ(pool->notes(), sentence.isEmpty() ? QStringList() : QStringList{sentence});
    }
    void expectRefused(const QString &why, SignaturePolicy policy = SignaturePolicy::Warn) const
    {
        const Result<Pool> pool = open(policy);
        ASSERT_TRUE(isError(pool, ErrorKind::BadInput));
        EXPECT_TRUE(pool.error().sentence().contains(why)) << pool.error().sentence().toStdString();
    }

    const std::shared_ptr<const SecretKey> m_key = std::make_shared<const SecretKey>(SecretKey::generate());
    Sample m_image;
    QString m_bundle;
};

TEST_F(BundlePoolTest, WhatATrustedKeySignedSaysSo)
{
    expectOpened(SignatureKind::Verified, SignaturePolicy::Require);
    EXPECT_TRUE(open()->notes().first().contains(m_key->publicKey().name()));
    const Result<Pool> folder =
        openPoolOrBundle(m_source.path(), Error{ErrorKind::BadInput, u"no rules can be read"_s, {}, {}}, {});
    ASSERT_TRUE(isOk(folder)) << "and a folder needs none";
    EXPECT_EQ(signatureOf(*folder), nullptr);
    EXPECT_TRUE(folder->notes().isEmpty());
    EXPECT_FALSE(openPoolOrBundle(m_bundle, Error{ErrorKind::BadInput, {}, {}, {}}, {}));
}

TEST_F(BundlePoolTest, APackedOneIsHeldToItsIndexToo)
{
    pack(u"packed.tar.gz"_s);
    const Result<Pool> pool = open(SignaturePolicy::Require);
    ASSERT_TRUE(isOk(pool));
    EXPECT_EQ(pool->notes().size(), 2) << "who signed it, and that it was unpacked";
    const QByteArray signedText = [this] {
        QFile sums(sumsPathOf(m_bundle));
        return sums.open(QIODevice::ReadOnly) ? sums.readAll() : QByteArray();
    }();
    m_samples.add(u"team/b"_s, u"v1"_s);
    pack(u"packed.tar.gz"_s);
    sign(signedText, *m_key); // as they were for the one before
    expectRefused(u"layerpool/index.json"_s);
}

// All of it agrees, but for the sums.
TEST_F(BundlePoolTest, OtherContentWithItsOwnIndexIsRefused)
{
    const Sample other = m_samples.add(u"team/b"_s, u"v1"_s);
    putWithIndex(entries());
    expectRefused(u"layerpool/index.json"_s);
    EXPECT_TRUE(isOk(open(SignaturePolicy::Ignore)));
    putSums(sumsByHand());
    expectRefused(u"does not verify"_s);
}

TEST_F(BundlePoolTest, ATagThatMovedIsRefused)
{
    const Sample next = m_samples.add(u"team/a"_s, u"v2"_s);
    pack(u"all.tar"_s);
    std::vector<RawEntry> moved = entries();
    const auto tag = std::find_if(moved.begin(), moved.end(), [](const RawEntry &entry) {
        return entry.name.endsWith("tags/v1/current/link");
    });
    ASSERT_NE(tag, moved.end());
    tag->bytes = next.root.toByteArray();
    putWithIndex(moved);
    expectRefused(u"layerpool/index.json"_s);
}

TEST_F(BundlePoolTest, OneWithoutTheIndexThatWasSignedIsRefused)
{
    put(m_bundle, rawTar(entries()));
    expectRefused(u"it has no index"_s);
}

// The names are as they were signed; who reads a blob looks at its digest.
TEST_F(BundlePoolTest, BytesThatAreNotTheirDigestsAreFoundWhereTheyAreRead)
{
    QFile config(m_samples.blobPath(m_image.amd64().config));
    ASSERT_TRUE(config.open(QIODevice::ReadOnly));
    QByteArray tar = bytes();
    const qsizetype at = tar.indexOf(config.readAll());
    ASSERT_GT(at, 0);
    tar[at + 1] = char(tar[at + 1] + 1);
    put(m_bundle, tar);
    const Result<Pool> pool = open(SignaturePolicy::Require);
    ASSERT_TRUE(isOk(pool));
    EXPECT_TRUE(isError(pool->readBlob(m_image.amd64().config, 1 << 20), ErrorKind::Corrupt));
    EXPECT_TRUE(isOk(pool->manifest(m_image.root)));
}

TEST_F(BundlePoolTest, WhatNoTrustedKeySignedIsJudgedByThePolicy)
{
    ASSERT_TRUE(QFile::remove(signaturePathOf(m_bundle)));
    expectOpened(SignatureKind::Unsigned);
    expectOpened(SignatureKind::NotLookedAt, SignaturePolicy::Ignore);
    expectRefused(u"it is not signed"_s, SignaturePolicy::Require);
    sign(sumsByHand(), SecretKey::generate());
    expectOpened(SignatureKind::NotTrusted);
    expectRefused(u"which is not trusted"_s, SignaturePolicy::Require);
    ASSERT_TRUE(QFile::remove(m_bundle));
    EXPECT_TRUE(isError(open(SignaturePolicy::Require), ErrorKind::NotFound));
}

// Somebody signed what `sha256sum all.tar` says: it is all the same whether the tar has an index.
TEST_F(BundlePoolTest, WithoutASumOfTheIndexEveryByteIsLookedAt)
{
    sign(sumsByHand(), *m_key);
    bool isAllRead = false;
    const qint64 size = QFileInfo(m_bundle).size();
    EXPECT_TRUE(isOk(open(SignaturePolicy::Require, [&](BundleStep step, qint64 position, qint64 all) {
        isAllRead = isAllRead || (step == BundleStep::Sums && position == size && all == size);
    })));
    EXPECT_TRUE(isAllRead);
    put(m_bundle, bytes() + QByteArray(512, '\0'));
    expectRefused(u"was signed"_s);
    m_recorder.cancel.cancel();
    EXPECT_TRUE(isError(open(), ErrorKind::Cancelled));
}

} // namespace
} // namespace layerpool::test
