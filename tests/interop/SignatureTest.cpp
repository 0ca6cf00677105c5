// SPDX-License-Identifier: Apache-2.0
#include "SmallRegistryTest.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

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
    EXPECT_TRUE(bytesOf(path(u"all.report.html"_s)).contains(nameIn(key + u".pub"_s)));
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

// A bundle of other images, whose own index agrees with them, beside the sums and signature of this one.
TEST_F(SignatureTest, NothingIsSentOrShownOfABundleThatIsNotWhatWasSigned)
{
    const QString key = path(u"stock.key"_s);
    const QString published = path(u"stock.pub"_s);
    ASSERT_EQ(minisign({u"-GW"_s, u"-p"_s, published, u"-s"_s, key}).exitStatus, 0);
    pack({});
    ASSERT_EQ(minisign({u"-S"_s, u"-m"_s, sums(), u"-s"_s, key}).exitStatus, 0);
    ASSERT_TRUE(QDir().mkpath(path(u"there"_s)));
    const StockRegistry there(path(u"there"_s));
    ASSERT_TRUE(there.isUp()) << there.log().toStdString();
    const QByteArray good = bytesOf(bundle());
    const QByteArray goodSums = bytesOf(sums());
    const QByteArray goodSignature = bytesOf(signature());

    fillPool();
    pack({});
    m_place.write(u"all.sha256"_s, goodSums);
    m_place.write(u"all.sha256.minisig"_s, goodSignature);
    const QStringList trust{u"--trust"_s, published};
    const QStringList push{u"push"_s, bundle(), there.host()};
    for (const QStringList &words :
         {push, QStringList{u"verify"_s, there.host(), u"--against"_s, bundle()},
          QStringList{u"verify"_s, bundle()}, QStringList{u"ls"_s, bundle()},
          QStringList{u"stats"_s, bundle()}, QStringList{u"inventory"_s, bundle(), path(u"far.json"_s)},
          QStringList{u"tar"_s, bundle(), path(u"part.tar"_s)},
          QStringList{u"import"_s, target(), bundle(), u"--dry-run"_s}}) {
        const Outcome refused = m_place.run(words + trust);
        EXPECT_EQ(refused.exitStatus, 2) << refused;
        EXPECT_TRUE(refused.err.contains("layerpool/index.json")) << refused;
        EXPECT_TRUE(refused.out.isEmpty()) << refused;
    }
    EXPECT_FALSE(isThere(path(u"there/docker"_s))) << "nothing moved";
    EXPECT_FALSE(isThere(path(u"far.json"_s)));
    EXPECT_FALSE(isThere(path(u"part.tar"_s)));

    m_place.write(u"all.tar"_s, good);
    const Outcome pushed = m_place.run(push + trust + QStringList{u"--signature"_s, u"require"_s});
    EXPECT_EQ(pushed.exitStatus, 0) << pushed;
    EXPECT_EQ(pushed.err.count("by the trusted key " + nameIn(published)), 1) << pushed;
    EXPECT_TRUE(isThere(path(u"there/docker"_s)));
    const Outcome listed = m_place.run(QStringList{u"ls"_s, bundle(), u"--json"_s} + trust);
    const auto events = listed.events();
    EXPECT_TRUE(std::any_of(events.begin(), events.end(), [](const QJsonObject &event) {
        return event.value(u"event"_s) == u"notice"_s &&
               event.value(u"message"_s).toString().contains(u"by the trusted key"_s);
    })) << listed;
}

TEST_F(SignatureTest, ThePolicyIsKeptForEveryCommand)
{
    pack({});
    EXPECT_TRUE(m_place.run({u"key"_s, u"policy"_s}).out.startsWith("warn: "));
    const Outcome chosen = m_place.run({u"key"_s, u"policy"_s, u"require"_s});
    EXPECT_EQ(chosen.exitStatus, 0) << chosen;
    EXPECT_TRUE(chosen.err.contains("every bundle is refused")) << chosen;
    EXPECT_EQ(m_place.run({u"key"_s, u"policy"_s, u"some"_s}).exitStatus, 2);
    const Outcome json = m_place.run({u"key"_s, u"policy"_s, u"--json"_s});
    ASSERT_FALSE(json.events().empty()) << json;
    EXPECT_EQ(json.events().front().value(u"policy"_s), u"require"_s) << json;

    expectRefused({}, "no key is trusted");
    expectRefused({u"--signature"_s, QString()}, "does not take");
    const Outcome listed = m_place.run({u"ls"_s, bundle()});
    EXPECT_EQ(listed.exitStatus, 2) << listed;
    EXPECT_TRUE(listed.err.contains("no key is trusted")) << listed;
    expectDone({u"ls"_s, bundle(), u"--signature"_s, u"warn"_s});
    expectDone({u"ls"_s, pool()}); // a folder is no bundle
    EXPECT_EQ(m_place.run({u"ls"_s, pool(), u"--signature"_s, u"some"_s}).exitStatus, 2);

    expectDone({u"key"_s, u"policy"_s, u"ignore"_s});
    const QString key = makeKey(u"our.key"_s);
    expectTaken({u"--trust"_s, key + u".pub"_s}, "is not signed"); // a key that is named is looked for
    pack({u"--sign"_s, key});
    m_place.write(u"all.sha256"_s, bytesOf(sums()) + '\n');
    expectTaken({}, {});
    expectRefused({u"--trust"_s, key + u".pub"_s}, "does not verify");
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
