// SPDX-License-Identifier: Apache-2.0
#include "registry/Credentials.h"

#include "registry/CredentialHelper.h"
#include "support/Logins.h"

#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

#include <gtest/gtest.h>

#include <thread>

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

class CredentialsTest : public testing::Test
{
protected:
    Credentials::Found find(const QString &host, const QString &repository = u"team/app"_s)
    {
        if (!m_credentials) {
            auto loaded = Credentials::load(m_sources);
            EXPECT_TRUE(isOk(loaded));
            m_credentials = *std::move(loaded);
        }
        const auto found = m_credentials->find(host, repository, {});
        EXPECT_TRUE(isOk(found));
        return *found;
    }
    QString passwordOf(const QString &host, const QString &repository = u"team/app"_s)
    {
        return find(host, repository).credential.value_or(Credential{}).password;
    }

    LoginHome m_home;
    Credentials::Sources m_sources;
    std::unique_ptr<Credentials> m_credentials;
};

TEST_F(CredentialsTest, TheLongestKeyWins)
{
    m_sources.authFile = m_home.write(u"auth.json"_s, R"({"auths":{
        "quay.test":{"auth":"YTpvbmU="}, "quay.test/team":{"auth":"YTp0d28="},
        "https://index.docker.io/v1/":{"auth":"aHViOndvcmQ="}, "none.test":{}}})");
    EXPECT_EQ(passwordOf(u"quay.test"_s, u"team/app"_s), u"two"_s);
    EXPECT_EQ(passwordOf(u"quay.test"_s, u"teams/app"_s), u"one"_s);
    EXPECT_EQ(find(u"docker.io"_s, u"library/redis"_s).credential->user, u"hub"_s);
    EXPECT_FALSE(find(u"none.test"_s).credential);
    EXPECT_FALSE(find(u"quay.test.evil"_s).credential);
}

// The file that is looked at first has the say, even where a later one has a longer key.
TEST_F(CredentialsTest, TheEarlierFileWins)
{
    m_home.write(u"runtime/containers/auth.json"_s, authJson(u"a.test"_s, "u:runtime"));
    m_home.write(u".config/containers/auth.json"_s, authJson(u"a.test/team"_s, "u:config"));
    m_home.write(u".docker/config.json"_s, authJson(u"b.test"_s, "u:docker"));
    EXPECT_EQ(passwordOf(u"a.test"_s), u"runtime"_s);
    EXPECT_EQ(passwordOf(u"b.test"_s), u"docker"_s);

    m_credentials.reset();
    const ScopedVariable named("REGISTRY_AUTH_FILE",
                               m_home.write(u"env.json"_s, authJson(u"a.test"_s, "u:env")).toUtf8());
    EXPECT_EQ(passwordOf(u"a.test"_s), u"env"_s);
    EXPECT_EQ(passwordOf(u"b.test"_s), u"docker"_s);

    m_credentials.reset();
    m_sources.authFile = m_home.write(u"named.json"_s, authJson(u"a.test"_s, "u:named"));
    EXPECT_EQ(passwordOf(u"a.test"_s), u"named"_s);
}

TEST_F(CredentialsTest, SessionThenNamedFileThenKeyringThenTheRest)
{
    m_home.write(u".docker/config.json"_s, authJson(u"a.test"_s, "u:docker"));
    const auto keyring = std::make_shared<FakeKeyring>();
    ASSERT_TRUE(isOk(keyring->store(u"a.test"_s, {u"u"_s, u"keyring"_s}, {})));
    m_sources.keyring = keyring;
    EXPECT_EQ(passwordOf(u"a.test"_s), u"keyring"_s);
    EXPECT_EQ(find(u"a.test"_s).place, u"the keyring"_s);
    EXPECT_EQ(keyring->questions, 1) << "asked once for a host";

    m_credentials.reset();
    m_sources.authFile = m_home.write(u"named.json"_s, authJson(u"a.test"_s, "u:named"));
    EXPECT_EQ(passwordOf(u"a.test"_s), u"named"_s);

    m_credentials.reset();
    m_sources.session = std::make_shared<SessionStore>();
    ASSERT_TRUE(isOk(m_sources.session->store(u"a.test"_s, {u"u"_s, u"session"_s}, {})));
    EXPECT_EQ(passwordOf(u"a.test"_s), u"session"_s);
}

TEST_F(CredentialsTest, TheKeyringComesBeforeWhatTheEnvironmentNames)
{
    const ScopedVariable named("REGISTRY_AUTH_FILE",
                               m_home.write(u"env.json"_s, authJson(u"a.test"_s, "u:env")).toUtf8());
    const auto keyring = std::make_shared<FakeKeyring>();
    m_sources.keyring = keyring;
    EXPECT_EQ(passwordOf(u"a.test"_s), u"env"_s);
    m_credentials.reset();
    ASSERT_TRUE(isOk(keyring->store(u"a.test"_s, {u"u"_s, u"keyring"_s}, {})));
    EXPECT_EQ(passwordOf(u"a.test"_s), u"keyring"_s);
}

TEST_F(CredentialsTest, AFileThatTheEnvironmentNamesAndThatIsNotThereIsTrouble)
{
    const QString absent = m_home.path(u"absent.json"_s);
    const ScopedVariable named("REGISTRY_AUTH_FILE", absent.toUtf8());
    m_home.write(u".docker/config.json"_s, authJson(u"b.test"_s, "u:docker"));
    ASSERT_TRUE(find(u"a.test"_s).trouble);
    EXPECT_TRUE(find(u"a.test"_s).trouble->sentence().contains(absent));
    EXPECT_EQ(passwordOf(u"b.test"_s), u"docker"_s) << "the other places serve all the same";
}

TEST_F(CredentialsTest, AMissingKeyringIsNothingToTellOfAClosedOneIs)
{
    const auto keyring = std::make_shared<FakeKeyring>();
    m_sources.keyring = keyring;
    keyring->failure = FakeKeyring::absent();
    EXPECT_FALSE(find(u"a.test"_s).trouble);

    m_credentials.reset();
    keyring->failure = Error{ErrorKind::Storage, u"The keyring stays closed"_s, {}, {}};
    ASSERT_TRUE(find(u"a.test"_s).trouble);
    EXPECT_EQ(find(u"a.test"_s).trouble->what, u"The keyring stays closed"_s);
}

// Each waits until the other was started, too.
TEST_F(CredentialsTest, OneHostsHelperKeepsNoOtherHostWaiting)
{
    m_home.addHelper(u"slow"_s, R"(read -r host
: >"$HOME/asked-$host"
for turn in $(seq 100); do
    [ -e "$HOME/asked-a.test" ] && [ -e "$HOME/asked-b.test" ] && exec echo '{"Username":"u","Secret":"s"}'
    sleep 0.05
done
exit 3)");
    m_home.write(u".docker/config.json"_s, R"({"credsStore":"slow"})");
    m_credentials = *Credentials::load(m_sources);
    std::vector<std::thread> askers;
    for (const QString &host : {u"a.test"_s, u"b.test"_s}) {
        askers.emplace_back([&, host] { EXPECT_EQ(passwordOf(host), u"s"_s); });
    }
    for (std::thread &asker : askers) {
        asker.join();
    }
}

TEST_F(CredentialsTest, IdentityTokensAreRead)
{
    m_home.write(u".docker/config.json"_s, R"({"auths":{
        "https://index.docker.io/v1/":{"auth":"YW5uOg==","identitytoken":"i-t"},
        "bare.test":{"identitytoken":"b-t"}}})");
    EXPECT_EQ(*find(u"docker.io"_s).credential, (Credential{u"ann"_s, {}, u"i-t"_s}));
    EXPECT_EQ(*find(u"bare.test"_s).credential, (Credential{{}, {}, u"b-t"_s}));
}

TEST_F(CredentialsTest, ABadFileIsAnErrorWhereItWasNamedAndTroubleElsewhere)
{
    EXPECT_TRUE(
        isError(Credentials::load({{}, m_home.write(u"bad.json"_s, "nonsense"), {}}), ErrorKind::BadInput));
    EXPECT_TRUE(isError(Credentials::load({{}, m_home.path(u"absent.json"_s), {}}), ErrorKind::BadInput));
    m_home.write(u".docker/config.json"_s, "nonsense");
    EXPECT_TRUE(find(u"a.test"_s).trouble->sentence().contains(u".docker/config.json"_s));
}

TEST_F(CredentialsTest, HelpersAreAskedByTheirProtocol)
{
    m_home.write(u".docker/config.json"_s,
                 R"({"credsStore":"all","credHelpers":{"own.test":"own","empty.test":"none"},
                    "auths":{"plain.test":{"auth":"YTpmaWxl"},"empty.test":{"auth":"YTpmaWxl"}}})");
    m_home.addHelper(u"all"_s, R"(read -r host
        echo "$1 $host" >>"$HOME/asked"
        [ "$host" = https://index.docker.io/v1/ ] || { echo "credentials not found in native keychain"; exit 1; }
        echo '{"ServerURL":"x","Username":"<token>","Secret":"from-all"}')");
    m_home.addHelper(u"own"_s, R"(echo '{"Username":"me","Secret":"from-own"}')");
    m_home.addHelper(u"none"_s, R"(echo "credentials not found in native keychain"; exit 1)");
    EXPECT_EQ(*find(u"docker.io"_s).credential, (Credential{{}, {}, u"from-all"_s}));
    EXPECT_EQ(*find(u"docker.io"_s, u"other"_s).credential, (Credential{{}, {}, u"from-all"_s}));
    EXPECT_EQ(*find(u"own.test"_s).credential, (Credential{u"me"_s, u"from-own"_s}));
    EXPECT_EQ(passwordOf(u"plain.test"_s), u"file"_s);
    EXPECT_EQ(passwordOf(u"empty.test"_s), u"file"_s) << "a helper that has none leaves it to the file";
    EXPECT_FALSE(find(u"else.test"_s).credential);
    EXPECT_FALSE(find(u"else.test"_s).trouble);
    QFile asked(m_home.path(u"asked"_s));
    ASSERT_TRUE(asked.open(QIODevice::ReadOnly));
    EXPECT_EQ(asked.readAll(), "get https://index.docker.io/v1/\nget else.test\n")
        << "each host once, and only what stands in no file";
}

TEST_F(CredentialsTest, AHelperThatFailsIsTroubleAndTheNextPlaceIsAsked)
{
    m_home.write(u"runtime/containers/auth.json"_s,
                 R"({"credHelpers":{"a.test":"broken","b.test":"absent","c.test":"../sh"}})");
    m_home.write(u".docker/config.json"_s, authJson(u"b.test"_s, "a:file"));
    m_home.addHelper(u"broken"_s, "echo canary-of-a-helper; exit 3");
    const Credentials::Found found = find(u"a.test"_s);
    ASSERT_TRUE(found.trouble);
    EXPECT_EQ(
        found.trouble->sentence(),
        u"docker-credential-broken gives no login for a.test: it failed (3). Mend it, or sign in another way."_s);
    EXPECT_EQ(passwordOf(u"b.test"_s), u"file"_s);
    EXPECT_TRUE(find(u"c.test"_s).trouble->why.contains(u"no name of a helper"_s));
}

TEST_F(CredentialsTest, AHelperSeesLittleOfOurEnvironment)
{
    const ScopedVariable secret("LAYERPOOL_TEST_SECRET", "canary");
    const ScopedVariable cloud("AWS_PROFILE", "ops");
    const ScopedVariable proxy("HTTPS_PROXY", "http://ann:canary@proxy.corp:3128");
    m_home.addHelper(u"env"_s, R"(env >"$HOME/seen"; echo '{"Username":"me","Secret":"s"}')");
    ASSERT_TRUE(isOk(askCredentialHelper(u"env"_s, u"a.test"_s, {})));
    QFile file(m_home.path(u"seen"_s));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const QByteArray seen = file.readAll();
    EXPECT_FALSE(seen.contains("canary"));
    EXPECT_TRUE(seen.contains("AWS_PROFILE=ops"));
    EXPECT_TRUE(seen.contains("HTTPS_PROXY=http://proxy.corp:3128\n")) << seen.constData();
    EXPECT_TRUE(seen.contains("HOME="));
}

TEST_F(CredentialsTest, AHelperThatHangsIsGivenUpAndSaid)
{
    m_home.addHelper(u"slow"_s, "sleep 60");
    m_home.write(u".docker/config.json"_s, R"({"credsStore":"slow"})");
    const Credentials::Found found = find(u"a.test"_s);
    ASSERT_TRUE(found.trouble);
    EXPECT_EQ(found.trouble->why, u"it took longer than 10 s"_s);
    EXPECT_TRUE(found.trouble->what.contains(u"docker-credential-slow"_s));
}

TEST_F(CredentialsTest, AHelperThatHangsEndsWithACancel)
{
    m_home.addHelper(u"slow"_s, R"(: >"$HOME/started"; sleep 60)");
    const CancelToken cancel;
    std::thread canceller([&] {
        while (!QFile::exists(m_home.path(u"started"_s))) {
            std::this_thread::yield();
        }
        cancel.cancel();
    });
    QElapsedTimer timer;
    timer.start();
    EXPECT_TRUE(isError(askCredentialHelper(u"slow"_s, u"a.test"_s, cancel), ErrorKind::Cancelled));
    EXPECT_LT(timer.elapsed(), 8'000);
    canceller.join();
}

class AuthFileStoreTest : public testing::Test
{
protected:
    QJsonObject object(const QString &file) const
    {
        QFile in(file);
        EXPECT_TRUE(in.open(QIODevice::ReadOnly));
        return QJsonDocument::fromJson(in.readAll()).object();
    }

    LoginHome m_home;
};

TEST_F(AuthFileStoreTest, KeepsWhatItDoesNotKnowAndIsForItsOwnerAlone)
{
    const QString path = m_home.write(u"auth.json"_s, R"({"auths":{"old.test":{"auth":"YTpi","extra":[1]}},
        "credHelpers":{"gcr.io":"gcloud"},"HttpHeaders":{"X":"y"}})");
    AuthFileStore store(path);
    ASSERT_TRUE(isOk(store.store(u"docker.io"_s, {u"ann"_s, u"pä:ss"_s}, {})));
    EXPECT_EQ(QFile::permissions(path) & ~(QFile::ReadUser | QFile::WriteUser),
              QFile::ReadOwner | QFile::WriteOwner);
    QJsonObject kept = object(path);
    EXPECT_EQ(kept.value(u"HttpHeaders"_s).toObject().value(u"X"_s).toString(), u"y"_s);
    EXPECT_EQ(kept.value(u"auths"_s).toObject().keys(),
              (QStringList{u"https://index.docker.io/v1/"_s, u"old.test"_s}));
    EXPECT_EQ(kept.value(u"auths"_s).toObject().value(u"old.test"_s).toObject().keys(),
              (QStringList{u"auth"_s, u"extra"_s}));
    EXPECT_EQ(**store.find(u"docker.io"_s, {}), (Credential{u"ann"_s, u"pä:ss"_s}));

    EXPECT_TRUE(*store.remove(u"docker.io"_s, {}));
    EXPECT_FALSE(*store.remove(u"docker.io"_s, {}));
    EXPECT_EQ(object(path).value(u"auths"_s).toObject().keys(), QStringList{u"old.test"_s});
    EXPECT_EQ(QDir(QFileInfo(path).path()).entryList(QDir::Files | QDir::Hidden).size(), 1)
        << "nothing staged is left";
}

TEST_F(AuthFileStoreTest, MakesTheFileAndItsFolder)
{
    AuthFileStore store(m_home.path(u"new/folder/auth.json"_s));
    ASSERT_TRUE(isOk(store.check({})));
    ASSERT_TRUE(isOk(store.store(u"a.test"_s, {u"u"_s, u"p"_s}, {})));
    EXPECT_EQ((*store.find(u"a.test"_s, {}))->password, u"p"_s);
}

// A dotfile is often a link into a repository of dotfiles: what it leads to is written.
TEST_F(AuthFileStoreTest, WritesThroughALinkOfItsOwner)
{
    const QString real = m_home.write(u"dotfiles/auth.json"_s, "{}");
    ASSERT_TRUE(QFile::link(real, m_home.path(u"auth.json"_s)));
    ASSERT_TRUE(isOk(AuthFileStore(m_home.path(u"auth.json"_s)).store(u"a.test"_s, {u"u"_s, u"p"_s}, {})));
    EXPECT_TRUE(QFileInfo(m_home.path(u"auth.json"_s)).isSymLink());
    EXPECT_TRUE(object(real).value(u"auths"_s).toObject().contains(u"a.test"_s));
}

TEST_F(AuthFileStoreTest, ABrokenFileIsLeftAsItIs)
{
    AuthFileStore store(m_home.write(u"auth.json"_s, "{\"auths\":"));
    EXPECT_TRUE(isError(store.check({}), ErrorKind::BadInput));
    EXPECT_TRUE(isError(store.store(u"a.test"_s, {u"u"_s, u"p"_s}, {}), ErrorKind::BadInput));
    QFile file(m_home.path(u"auth.json"_s));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_EQ(file.readAll(), "{\"auths\":");
}

} // namespace
} // namespace layerpool::test
