// SPDX-License-Identifier: Apache-2.0
#include "SmallRegistryTest.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

// Bundles that are signed, with the stock minisign at the other end.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

class SignatureTest : public SmallRegistryTest
{
protected:
    void SetUp() override
    {
        SmallRegistryTest::SetUp();
        fillPool("plain:1\n");
    }
    QString bundle() const { return path(u"all.tar"_s); }
    QString sums() const { return path(u"all.sha256"_s); }
    QString signature() const { return sums() + u".minisig"_s; }
    QString target() const { return path(u"far"_s); }

    void expectDone(const QStringList &words, const RunOptions &options = {}) const
    {
        const Outcome outcome = m_place.run(words, options);
        EXPECT_EQ(outcome.exitStatus, 0) << outcome;
    }
    /// A pair of ours, without a password.
    QString makeKey(const QString &name) const
    {
        expectDone({u"key"_s, u"new"_s, path(name), u"--no-password"_s});
        return path(name);
    }
    void pack(const QStringList &more) const
    {
        expectDone(QStringList{u"tar"_s, pool(), bundle(), u"--force"_s} + more);
    }
    static Outcome minisign(const QStringList &words, const QByteArray &password = {})
    {
        RunOptions options;
        options.input = password;
        return run(u"minisign"_s, words, options);
    }
    /// Like people, who know only the file.
    void expectVerifiedByMinisign(const QString &publicKey) const
    {
        const Outcome outcome = minisign({u"-Vm"_s, sums(), u"-p"_s, publicKey});
        EXPECT_EQ(outcome.exitStatus, 0) << outcome;
        EXPECT_TRUE(outcome.out.contains("file:all.sha256")) << outcome;
    }
    Outcome import(const QStringList &more = {}) const
    {
        return m_place.run(QStringList{u"import"_s, target(), bundle()} + more);
    }
    void expectRefused(const QStringList &more, const QByteArray &why) const
    {
        const Outcome outcome = import(more);
        EXPECT_EQ(outcome.exitStatus, 2) << outcome;
        EXPECT_TRUE(outcome.err.contains(why)) << outcome;
        EXPECT_TRUE(tagLink(target(), u"plain"_s, u"1"_s).isEmpty());
        EXPECT_FALSE(isThere(registryRoot(target()) + u"/blobs"_s)) << "nothing was published";
    }
    void expectTaken(const QStringList &more, const QByteArray &says) const
    {
        const Outcome outcome = import(more);
        EXPECT_EQ(outcome.exitStatus, 0) << outcome;
        EXPECT_TRUE((outcome.out + outcome.err).contains(says)) << outcome;
        EXPECT_FALSE(tagLink(target(), u"plain"_s, u"1"_s).isEmpty());
        ASSERT_TRUE(QDir(target()).removeRecursively());
    }
    /// The number by which minisign knows a public key's file.
    static QByteArray nameIn(const QString &publicKey)
    {
        return bytesOf(publicKey).split('\n').front().split(' ').back();
    }
};

TEST_F(SignatureTest, MinisignVerifiesOurs)
{
    const QString key = makeKey(u"our.key"_s);
    pack({u"--sign"_s, key});
    expectVerifiedByMinisign(key + u".pub"_s);
    EXPECT_EQ(run(u"sh"_s, {u"-c"_s, u"cd \"$1\" && sha256sum --strict --quiet -c all.sha256"_s, u"sh"_s,
                            QFileInfo(bundle()).path()})
                  .exitStatus,
              0);
    const QByteArray before = bytesOf(bundle());
    pack({});
    EXPECT_FALSE(isThere(signature())) << "it would be one of the bundle before";
    EXPECT_EQ(bytesOf(bundle()), before);
}

TEST_F(SignatureTest, MinisignSignsWithOurKeyAndItsPassword)
{
    const QString key = path(u"our.key"_s);
    expectDone({u"key"_s, u"new"_s, key, u"--password-stdin"_s}, {.input = "s3cret-canary\n"});
    EXPECT_EQ(QFile::permissions(key) & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup),
              QFile::Permissions());
    pack({});
    const Outcome other = minisign({u"-S"_s, u"-m"_s, sums(), u"-s"_s, key}, "other\n");
    EXPECT_NE(other.exitStatus, 0) << other;
    const Outcome signedByIt = minisign({u"-S"_s, u"-m"_s, sums(), u"-s"_s, key}, "s3cret-canary\n");
    ASSERT_EQ(signedByIt.exitStatus, 0) << signedByIt;
    expectVerifiedByMinisign(key + u".pub"_s);
    expectTaken({u"--trust"_s, key + u".pub"_s, u"--signature"_s, u"require"_s}, "by the trusted key");
}

TEST_F(SignatureTest, WeSignWithMinisignsKeyAndItsPassword)
{
    const QString key = path(u"stock.key"_s);
    const QString published = path(u"stock.pub"_s);
    const Outcome made =
        minisign({u"-G"_s, u"-p"_s, published, u"-s"_s, key}, "s3cret-canary\ns3cret-canary\n");
    ASSERT_EQ(made.exitStatus, 0) << made;
    const Outcome other = m_place.run({u"tar"_s, pool(), bundle(), u"--sign"_s, key, u"--password-stdin"_s},
                                      {.input = "other\n"});
    EXPECT_EQ(other.exitStatus, 2) << other;
    EXPECT_TRUE(other.err.contains("another password")) << other;
    EXPECT_FALSE(isThere(bundle()));
    expectDone({u"tar"_s, pool(), bundle(), u"--sign"_s, key, u"--password-stdin"_s},
               {.input = "s3cret-canary\n"});
    expectVerifiedByMinisign(published);
}

TEST_F(SignatureTest, WeVerifyBothFormsOfMinisigns)
{
    const QString key = path(u"stock.key"_s);
    const QString published = path(u"stock.pub"_s);
    ASSERT_EQ(minisign({u"-GW"_s, u"-p"_s, published, u"-s"_s, key}).exitStatus, 0);
    pack({});
    for (const QStringList &form : {QStringList(), QStringList{u"-l"_s}}) {
        const Outcome made = minisign(QStringList{u"-S"_s, u"-m"_s, sums(), u"-s"_s, key} + form);
        ASSERT_EQ(made.exitStatus, 0) << made;
        expectTaken({u"--trust"_s, published, u"--signature"_s, u"require"_s},
                    "by the trusted key " + nameIn(published));
    }
    pack({u"--sign"_s, key});
    expectVerifiedByMinisign(published);
}

TEST_F(SignatureTest, EachPolicyOnWhatIsNotSigned)
{
    const QString trusted = makeKey(u"trusted.key"_s) + u".pub"_s;
    const QString other = makeKey(u"other.key"_s);
    pack({});
    expectTaken({}, "is not signed");
    expectTaken({u"--trust"_s, trusted}, "is not signed");
    expectTaken({u"--trust"_s, trusted, u"--signature"_s, u"warn"_s}, "is not signed");
    expectRefused({u"--trust"_s, trusted, u"--signature"_s, u"require"_s}, "is not signed");
    expectRefused({u"--signature"_s, u"require"_s}, "no key is trusted");
    pack({u"--sign"_s, other});
    const QByteArray by = "by the key " + nameIn(other + u".pub"_s) + ", which is not trusted";
    expectTaken({}, by);
    expectTaken({u"--trust"_s, trusted}, by);
    expectRefused({u"--trust"_s, trusted, u"--signature"_s, u"require"_s}, by);
    const Outcome ignored = import({u"--trust"_s, trusted, u"--signature"_s, u"ignore"_s});
    EXPECT_EQ(ignored.exitStatus, 0) << ignored;
    EXPECT_FALSE((ignored.out + ignored.err).contains("signed")) << ignored;
    EXPECT_EQ(import({u"--signature"_s, u"some"_s}).exitStatus, 2);
    EXPECT_EQ(import({u"--trust"_s, u"nonsense"_s}).exitStatus, 2);
}

TEST_F(SignatureTest, WhatWasTamperedWithIsRefused)
{
    const QString key = makeKey(u"our.key"_s);
    const QString base64 = QString::fromLatin1(bytesOf(key + u".pub"_s).split('\n').value(1));
    pack({u"--sign"_s, key});
    const QByteArray good = bytesOf(sums());
    m_place.write(u"all.sha256"_s, QByteArray(good).replace("all.index", "all.tar.other"));
    expectRefused({u"--trust"_s, base64}, "does not verify");
    m_place.write(u"all.sha256"_s, good);
    const QByteArray tar = bytesOf(bundle());
    m_place.write(u"all.tar"_s, tar + QByteArray(1024, '\0'));
    expectRefused({u"--trust"_s, base64}, "was signed");
    EXPECT_EQ(import({u"--trust"_s, base64, u"--signature"_s, u"ignore"_s}).exitStatus, 0);
    ASSERT_TRUE(QDir(target()).removeRecursively());
    m_place.write(u"all.tar"_s, tar);
    expectTaken({u"--trust"_s, base64}, "by the trusted key");
}

TEST_F(SignatureTest, VolumesAreSignedToo)
{
    fillPool();
    const QString key = makeKey(u"our.key"_s);
    pack({u"--sign"_s, key, u"--volume-size"_s, u"64Ki"_s});
    ASSERT_TRUE(isThere(bundle() + u".002"_s)) << "the sample is large enough for two";
    expectVerifiedByMinisign(key + u".pub"_s);
    const QStringList require{u"--trust"_s, key + u".pub"_s, u"--signature"_s, u"require"_s};
    expectTaken(require, "by the trusted key");
    const QFileInfo file(bundle());
    const QString last = file.dir().entryList({u"all.tar.0*"_s}, QDir::Files, QDir::Name).last();
    m_place.write(last, bytesOf(path(last)) + QByteArray(512, '\0'));
    expectRefused(require, "was signed");
}

TEST_F(SignatureTest, KeysAreTrustedUntilForgotten)
{
    const QString key = makeKey(u"our.key"_s);
    const QString name = QString::fromLatin1(nameIn(key + u".pub"_s));
    pack({u"--sign"_s, key});
    EXPECT_TRUE(m_place.run({u"key"_s, u"list"_s}).err.contains("No key is trusted"));
    expectDone({u"key"_s, u"trust"_s, key + u".pub"_s});
    EXPECT_TRUE(m_place.run({u"key"_s, u"list"_s}).out.startsWith(name.toLatin1()));
    EXPECT_TRUE(isThere(m_place.cli().home() + u"/config/layerpool/trusted/%1.pub"_s.arg(name)));
    expectTaken({u"--signature"_s, u"require"_s}, "by the trusted key");
    expectDone({u"key"_s, u"forget"_s, name});
    expectRefused({u"--signature"_s, u"require"_s}, "no key is trusted");
    EXPECT_EQ(m_place.run({u"key"_s, u"forget"_s, name}).exitStatus, 2);
}

TEST_F(SignatureTest, BadWordsAreSaid)
{
    const QString key = makeKey(u"our.key"_s);
    const QByteArray before = bytesOf(key);
    EXPECT_EQ(m_place.run({u"key"_s, u"new"_s, key, u"--no-password"_s}).exitStatus, 3) << "it is there";
    EXPECT_EQ(bytesOf(key), before);
    const Outcome silent = m_place.run({u"key"_s, u"new"_s, path(u"asked.key"_s)}, {.input = "x\n"});
    EXPECT_EQ(silent.exitStatus, 2) << silent;
    EXPECT_TRUE(silent.err.contains("--password-stdin")) << silent;
    EXPECT_FALSE(isThere(path(u"asked.key"_s)));
    for (const QStringList &words : {QStringList{}, QStringList{u"new"_s}, QStringList{u"some"_s},
                                     QStringList{u"list"_s, u"x"_s}, QStringList{u"trust"_s, key}}) {
        const Outcome outcome = m_place.run(QStringList{u"key"_s} + words);
        EXPECT_EQ(outcome.exitStatus, 2) << outcome;
    }
    EXPECT_EQ(m_place.run({u"tar"_s, pool(), bundle(), u"--sign"_s, key + u".pub"_s}).exitStatus, 2);
    EXPECT_EQ(m_place.run({u"tar"_s, pool(), bundle(), u"--sign"_s, path(u"none"_s)}).exitStatus, 2);
    EXPECT_FALSE(isThere(bundle()));
    const Outcome json =
        m_place.run({u"key"_s, u"new"_s, path(u"json.key"_s), u"--no-password"_s, u"--json"_s});
    ASSERT_FALSE(json.events().empty()) << json;
    EXPECT_EQ(json.events().front().value(u"publicFile"_s), path(u"json.key.pub"_s)) << json;
}

} // namespace
} // namespace layerpool::test
