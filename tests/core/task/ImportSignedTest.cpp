// SPDX-License-Identifier: Apache-2.0
#include "bundle/BundleIndex.h"
#include "bundle/BundleReader.h"
#include "bundle/BundleSidecars.h"
#include "core/task/ImportTest.h"
#include "sign/Signature.h"

// Who made a bundle, and whether it is as it was then.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;
using Kind = SignatureCheck::Kind;

class ImportSignedTest : public ImportTest
{
protected:
    ImportSignedTest()
    {
        m_samples.add(u"team/a"_s, u"v1"_s);
        m_bundle = bundle();
        sumUp();
        sign(m_key);
    }

    QByteArray bytesOf(const QString &file) const
    {
        QFile opened(file);
        return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
    }
    QString sums() const { return sumsPathOf(path(u"bundle.tar"_s)); }
    QString signature() const { return signaturePathOf(path(u"bundle.tar"_s)); }
    void put(const QString &file, const QByteArray &bytes) const { write(bytes, QFileInfo(file).fileName()); }
    /// As anybody does by hand.
    void sumUp() const { put(sums(), FileSums{{{"bundle.tar", Digester::of(bytesOf(m_bundle))}}}.toText()); }
    /// The same images with an index in front, and sums that name it, as our own bundles have them.
    void addIndex() const
    {
        const auto reader = BundleReader::open(m_bundle, {});
        ASSERT_TRUE(isOk(reader));
        const auto content = (*reader)->read([](const Descriptor &, BlobBytes &) { return Status(); });
        ASSERT_TRUE(isOk(content));
        const QByteArray index = writeBundleIndex(*content);
        std::vector<RawEntry> all = entries();
        all.insert(all.begin(), {bundleIndexPath, index});
        write(rawTar(all));
        put(sums(), FileSums{{{"bundle.tar", Digester::of(bytesOf(m_bundle))},
                              {"bundle.index.json", Digester::of(index)}}}
                        .toText());
        sign(m_key);
    }
    void sign(const SecretKey &key) const
    {
        put(signature(), Signature::of(bytesOf(sums()), key, "timestamp:1").toFile());
    }

    /// What the check says under each policy, with the key trusted: nothing where it refuses.
    std::optional<Kind> found(SignaturePolicy policy) const
    {
        const Result<SignatureCheck> check = checkSignature(m_bundle, {policy, {m_key.publicKey()}});
        if (!check) {
            EXPECT_EQ(check.error().kind, ErrorKind::BadInput);
            return std::nullopt;
        }
        return check->kind;
    }
    void expectFound(std::optional<Kind> warn, std::optional<Kind> require) const
    {
        EXPECT_EQ(found(SignaturePolicy::Warn), warn);
        EXPECT_EQ(found(SignaturePolicy::Require), require);
        EXPECT_EQ(found(SignaturePolicy::Ignore), Kind::NotLookedAt);
    }
    /// By somebody who trusts no key.
    Kind foundByAnybody() const
    {
        const Result<SignatureCheck> check = checkSignature(m_bundle, {});
        EXPECT_TRUE(isOk(check));
        return check ? check->kind : Kind::NotLookedAt;
    }
    Result<ImportPlan> planTrusting(const std::vector<PublicKey> &keys)
    {
        return planImport({pool(), m_bundle, MovedTags::Move, {SignaturePolicy::Warn, keys}},
                          m_recorder.context());
    }
    TaskResult importTrusting(const std::vector<PublicKey> &keys)
    {
        Result<ImportPlan> planned = planTrusting(keys);
        EXPECT_TRUE(isOk(planned));
        return planned ? ImportTask(*std::move(planned)).run(m_recorder.context()) : TaskResult();
    }
    void expectNothingTaken() const
    {
        EXPECT_TRUE(tagOf(u"team/a"_s, u"v1"_s).isEmpty());
        for (const auto &[name, bytes] : images()) {
            EXPECT_TRUE(name.endsWith(u'/')) << name.toStdString() << " is in the pool";
        }
    }

    const SecretKey m_key = SecretKey::generate();
    QString m_bundle;
};

TEST_F(ImportSignedTest, WhatATrustedKeySigned)
{
    expectFound(Kind::Verified, Kind::Verified);
    EXPECT_EQ(foundByAnybody(), Kind::NotTrusted);
    const TaskResult result = importTrusting({SecretKey::generate().publicKey(), m_key.publicKey()});
    EXPECT_TRUE(result.isClean());
    EXPECT_EQ(result.imagesDone, 1);
    EXPECT_TRUE(result.notes.join(u' ').contains(m_key.publicKey().name()));
}

TEST_F(ImportSignedTest, WhatNobodySigned)
{
    ASSERT_TRUE(QFile::remove(signature()));
    expectFound(Kind::Unsigned, std::nullopt);
    EXPECT_EQ(foundByAnybody(), Kind::Unsigned);
    EXPECT_FALSE(checkSignature(m_bundle, {SignaturePolicy::Require, {}})) << "and no key is trusted";
    EXPECT_TRUE(importTrusting({m_key.publicKey()}).isClean());
}

TEST_F(ImportSignedTest, WhatAnotherKeySigned)
{
    sign(SecretKey::generate());
    expectFound(Kind::NotTrusted, std::nullopt);
}

TEST_F(ImportSignedTest, WhatDoesNotVerifyIsRefusedWhereItIsLookedAt)
{
    const QByteArray good = bytesOf(sums());
    put(sums(), good + good);
    expectFound(std::nullopt, std::nullopt);
    EXPECT_EQ(foundByAnybody(), Kind::NotTrusted);
    ASSERT_TRUE(QFile::remove(sums()));
    expectFound(std::nullopt, std::nullopt);

    put(sums(), good);
    put(signature(), bytesOf(signature()).replace("timestamp:1", "timestamp:2"));
    expectFound(std::nullopt, std::nullopt);
}

// Somebody who gives his key the number of a trusted one is not that one.
TEST_F(ImportSignedTest, TheNameOfAKeyIsNoKey)
{
    auto bytes = makeSecret<minisign::SecretKeyBytes::Protected>();
    *bytes = SecretKey::generate().bytes();
    bytes->id = m_key.id();
    sign(*SecretKey::of(std::move(bytes)));
    expectFound(std::nullopt, std::nullopt);
}

TEST_F(ImportSignedTest, ASignatureThatCannotBeReadIsRefusedByWhoTrustsAKey)
{
    put(signature(), bytesOf(signature()).chopped(40));
    expectFound(std::nullopt, std::nullopt);
    EXPECT_EQ(foundByAnybody(), Kind::Unreadable);
}

TEST_F(ImportSignedTest, SumsThatAreNoneOrOfOtherFilesAreRefused)
{
    put(sums(), "text\n");
    sign(m_key);
    expectFound(std::nullopt, std::nullopt);
    put(sums(), FileSums{{{"other.tar", Digester::of(bytesOf(m_bundle))}}}.toText());
    sign(m_key);
    expectFound(std::nullopt, std::nullopt);
}

// Bytes that no reader of tars looks at, and still not what was signed.
TEST_F(ImportSignedTest, EveryByteOfTheBundleIsSigned)
{
    ASSERT_NO_FATAL_FAILURE(addIndex());
    QByteArray other = bytesOf(m_bundle);
    other.append(QByteArray(512 * 20, '\0'));
    put(m_bundle, other);
    const TaskResult refused = importTrusting({m_key.publicKey()});
    ASSERT_TRUE(refused.stopped);
    EXPECT_EQ(refused.stopped->kind, ErrorKind::BadInput);
    EXPECT_TRUE(refused.stopped->why.contains(Digester::of(other).toString()));
    expectNothingTaken();
    EXPECT_TRUE(importTrusting({}).isClean()) << "whoever trusts nobody looks at no sum";
}

// Sums without the index say nothing of names: none is told before all the bytes are known.
TEST_F(ImportSignedTest, APlanTellsNothingThatSumsMadeByHandAreNotOf)
{
    m_samples.add(u"team/forged"_s, u"v1"_s);
    bundle();
    EXPECT_TRUE(isError(planTrusting({m_key.publicKey()}), ErrorKind::BadInput));
    EXPECT_TRUE(isOk(planTrusting({})));
}

// Somebody puts another bundle there between the plan and the run: it is refused by what was read of it.
TEST_F(ImportSignedTest, WhatIsReadIsHeldToTheIndexThatWasSigned)
{
    ASSERT_NO_FATAL_FAILURE(addIndex());
    Result<ImportPlan> planned = planTrusting({m_key.publicKey()});
    ASSERT_TRUE(isOk(planned));
    bundle();
    const TaskResult refused = ImportTask(*std::move(planned)).run(m_recorder.context());
    ASSERT_TRUE(refused.stopped);
    EXPECT_EQ(refused.stopped->kind, ErrorKind::BadInput);
    EXPECT_TRUE(refused.stopped->why.contains(u"no index"_s)) << refused.stopped->sentence().toStdString();
    EXPECT_EQ(refused.bytesKept, 0);
    expectNothingTaken();
}

TEST_F(ImportSignedTest, WhatIsNotThereIsNotSaidToBeUnsigned)
{
    const SignatureRules require{SignaturePolicy::Require, {m_key.publicKey()}};
    const auto planned = [&](const QString &source) {
        return planImport({pool(), source, MovedTags::Move, require}, m_recorder.context());
    };
    EXPECT_TRUE(isError(planned(path(u"none.tar"_s)), ErrorKind::NotFound));
    const auto folder = planned(m_source.path());
    ASSERT_TRUE(isError(folder, ErrorKind::BadInput));
    EXPECT_TRUE(folder.error().why.contains(u"not signed"_s)) << "which a folder can't be";
}

TEST_F(ImportSignedTest, EveryVolumeIsSigned)
{
    const QByteArray tar = bytesOf(m_bundle);
    ASSERT_TRUE(QFile::remove(m_bundle));
    const QByteArray first = tar.first(tar.size() / 2 + 1);
    const QByteArray second = tar.sliced(first.size());
    put(m_bundle + u".001"_s, first);
    put(m_bundle + u".002"_s, second);
    FileSums sums{{{"bundle.tar.002", Digester::of(second)}}};
    put(this->sums(), sums.toText());
    sign(m_key);
    expectFound(std::nullopt, std::nullopt);
    sums.lines.push_back({"bundle.tar.001", Digester::of(first)});
    put(this->sums(), sums.toText());
    sign(m_key);
    expectFound(Kind::Verified, Kind::Verified);

    const QString bundle = m_bundle;
    for (const QString &name : {u""_s, u".001"_s, u".002"_s}) {
        m_bundle = bundle + name;
        EXPECT_TRUE(importTrusting({m_key.publicKey()}).isClean()) << name.toStdString();
    }
    put(bundle + u".002"_s, second + QByteArray(512, '\0'));
    const auto refused = planTrusting({m_key.publicKey()});
    ASSERT_TRUE(isError(refused, ErrorKind::BadInput));
    EXPECT_TRUE(refused.error().what.contains(u".002"_s)) << refused.error().sentence().toStdString();
}

} // namespace
} // namespace layerpool::test
