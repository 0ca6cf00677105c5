// SPDX-License-Identifier: Apache-2.0
#include "Workplace.h"

#include "support/Logins.h"
#include "support/SampleImages.h"
#include "support/SecretService.h"
#include "support/StockRegistry.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QProcess>

#include <gtest/gtest.h>

#include <algorithm>

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <unistd.h>

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

// A registry with a door: ann and her password.
class LoginTest : public testing::Test
{
protected:
    void SetUp() override
    {
        SampleRegistry samples(m_place.path(u"storage"_s));
        samples.add(u"team/app"_s, u"v1"_s);
        m_registry.emplace(m_place.path(u"storage"_s),
                           StockRegistryOptions{.user = u"ann"_s, .password = u"s3cret-canary"_s});
        ASSERT_TRUE(m_registry->isUp());
        m_place.write(u"a.list"_s, "team/app:v1\n");
    }
    QString host() const { return m_registry->host(); }
    QString authFile() const { return m_place.path(u"auth.json"_s); }
    Outcome login(const QByteArray &password, const QStringList &more = {}) const
    {
        return m_place.run(QStringList{u"login"_s, host(), u"-u"_s, u"ann"_s, u"--password-stdin"_s} + more,
                           {.input = password});
    }
    Outcome convert(const QStringList &more = {}) const
    {
        return m_place.run(QStringList{u"convert"_s, m_place.path(u"pool"_s), u"--list"_s,
                                       m_place.path(u"a.list"_s), u"--source"_s, host()} +
                           more);
    }

    Workplace m_place;
    std::optional<StockRegistry> m_registry;
};

TEST_F(LoginTest, IsCheckedThenKeptInTheNamedFileAndServes)
{
    const Outcome wanted = convert();
    EXPECT_EQ(wanted.exitStatus, 4) << wanted;
    EXPECT_TRUE(wanted.err.contains("layerpool-cli login " + host().toUtf8())) << wanted;

    const Outcome wrong = login("wr0ng\n", {u"--authfile"_s, authFile()});
    EXPECT_EQ(wrong.exitStatus, 4) << wrong;
    EXPECT_TRUE(wrong.err.contains("refused the login")) << wrong;
    EXPECT_FALSE(QFile::exists(authFile()));

    m_place.write(u"auth.json"_s, R"({"auths":{"other.test":{"auth":"YTpi"}},"note":1})");
    const Outcome right = login("s3cret-canary\n", {u"--authfile"_s, authFile()});
    EXPECT_EQ(right.exitStatus, 0) << right;
    EXPECT_TRUE(right.out.contains("Signed in to " + host().toUtf8() + " as ann")) << right;
    EXPECT_TRUE(right.err.contains("can read the password")) << right;
    const QByteArray kept = bytesOf(authFile());
    EXPECT_TRUE(kept.contains("other.test") && kept.contains("\"note\"")) << kept.toStdString();
    EXPECT_EQ(QFile::permissions(authFile()) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());

    EXPECT_EQ(convert({u"--authfile"_s, authFile()}).exitStatus, 0);

    const Outcome out = m_place.run({u"logout"_s, host(), u"--authfile"_s, authFile()});
    EXPECT_EQ(out.exitStatus, 0) << out;
    EXPECT_TRUE(out.out.contains("Signed out of")) << out;
    EXPECT_FALSE(bytesOf(authFile()).contains(host().toUtf8()));
    EXPECT_TRUE(bytesOf(authFile()).contains("other.test"));
}

TEST_F(LoginTest, SkopeoTakesTheFile)
{
    ASSERT_EQ(login("s3cret-canary", {u"--authfile"_s, authFile()}).exitStatus, 0);
    const Outcome skopeo =
        run(u"skopeo"_s, {u"inspect"_s, u"--raw"_s, u"--tls-verify=false"_s, u"--authfile"_s, authFile(),
                          u"docker://%1/team/app:v1"_s.arg(host())});
    EXPECT_EQ(skopeo.exitStatus, 0) << skopeo;
}

TEST_F(LoginTest, WithoutAKeyringItSaysWhatToDoBeforeItAsks)
{
    const Outcome outcome = login("s3cret-canary\n");
    EXPECT_EQ(outcome.exitStatus, 3) << outcome;
    EXPECT_TRUE(outcome.err.contains("no keyring") && outcome.err.contains("--authfile FILE")) << outcome;
    EXPECT_FALSE(m_registry->log().contains("layerpool/"));
}

// The protocol itself, with the keyring that desktops have.
TEST_F(LoginTest, TheDesktopsKeyringKeepsIt)
{
    const SecretService desktop(SecretService::State::Unlocked);
    ASSERT_TRUE(desktop.isUp()) << desktop.log().toStdString();
    m_place.cli().setEnvironment(u"DBUS_SESSION_BUS_ADDRESS"_s, desktop.address());
    EXPECT_EQ(convert().exitStatus, 4);
    const Outcome wrong = login("wr0ng\n");
    EXPECT_EQ(wrong.exitStatus, 4) << wrong;
    EXPECT_FALSE(desktop.keeps(u"layerpool"_s, host())) << "what is refused is not kept";

    const Outcome in = login("s3cret-canary\n");
    EXPECT_EQ(in.exitStatus, 0) << in;
    EXPECT_TRUE(in.out.contains("kept in the keyring")) << in;
    EXPECT_TRUE(desktop.keeps(u"layerpool"_s, host()));
    const Outcome served = convert();
    EXPECT_EQ(served.exitStatus, 0) << served;

    const Outcome out = m_place.run({u"logout"_s, host()});
    EXPECT_EQ(out.exitStatus, 0) << out;
    EXPECT_TRUE(out.out.contains("Signed out of")) << out;
    EXPECT_FALSE(desktop.keeps(u"layerpool"_s, host()));
    EXPECT_TRUE(m_place.run({u"logout"_s, host()}).out.contains("No login for"));
    for (const auto &[path, bytes] : treeOf(m_place.cli().home())) {
        EXPECT_FALSE(bytes.contains("s3cret-canary")) << path.toStdString();
    }
}

TEST_F(LoginTest, AKeyringThatStaysClosedIsSaid)
{
    const SecretService desktop(SecretService::State::Locked);
    ASSERT_TRUE(desktop.isUp()) << desktop.log().toStdString();
    m_place.cli().setEnvironment(u"DBUS_SESSION_BUS_ADDRESS"_s, desktop.address());
    const Outcome in = login("s3cret-canary\n");
    EXPECT_EQ(in.exitStatus, 3) << in;
    EXPECT_TRUE(in.err.contains("The keyring stays closed: access to it was not given. Unlock it")) << in;
    const Outcome wanted = convert();
    EXPECT_EQ(wanted.exitStatus, 4) << wanted;
}

TEST_F(LoginTest, AKeyringThatTakesNothingIsSaid)
{
    const SecretService desktop(SecretService::State::Bare);
    ASSERT_TRUE(desktop.isUp()) << desktop.log().toStdString();
    m_place.cli().setEnvironment(u"DBUS_SESSION_BUS_ADDRESS"_s, desktop.address());
    const Outcome in = login("s3cret-canary\n");
    EXPECT_EQ(in.exitStatus, 3) << in;
    EXPECT_TRUE(in.err.contains("cannot be kept") && in.err.contains("--authfile FILE")) << in;
}

// As with skopeo and podman, the variable is as good as the option; and it stands before the keyring.
TEST_F(LoginTest, WhatTheEnvironmentNamesServesAndIsMissed)
{
    m_place.cli().setEnvironment(u"REGISTRY_AUTH_FILE"_s, authFile());
    const Outcome absent = convert();
    EXPECT_EQ(absent.exitStatus, 4) << absent;
    EXPECT_TRUE(absent.err.contains(authFile().toUtf8())) << absent;

    m_place.write(u"auth.json"_s, authJson(host(), "ann:s3cret-canary"));
    const SecretService desktop(SecretService::State::Unlocked);
    ASSERT_TRUE(desktop.isUp()) << desktop.log().toStdString();
    m_place.cli().setEnvironment(u"DBUS_SESSION_BUS_ADDRESS"_s, desktop.address());
    EXPECT_EQ(login("s3cret-canary\n").exitStatus, 0);
    EXPECT_TRUE(desktop.keeps(u"layerpool"_s, host())) << "a login is kept in a file that is named alone";
    const Outcome served = convert();
    EXPECT_EQ(served.exitStatus, 0) << served;
    m_place.write(u"auth.json"_s, authJson(host(), "ann:wr0ng"));
    const Outcome wrong = m_place.run({u"convert"_s, m_place.path(u"second"_s), u"--list"_s,
                                       m_place.path(u"a.list"_s), u"--source"_s, host()});
    EXPECT_EQ(wrong.exitStatus, 4) << "the file comes first: " << wrong;
}

TEST_F(LoginTest, LogoutTellsOfALoginThatAnotherProgramKeeps)
{
    QDir(m_place.cli().home()).mkpath(u".docker"_s);
    QFile docker(m_place.cli().home() + u"/.docker/config.json"_s);
    ASSERT_TRUE(docker.open(QIODevice::WriteOnly));
    docker.write(authJson(host(), "ann:s3cret-canary"));
    docker.close();
    const Outcome out = m_place.run({u"logout"_s, host()});
    EXPECT_EQ(out.exitStatus, 0) << out;
    EXPECT_TRUE(out.err.contains(".docker/config.json")) << out;
    const Outcome json = m_place.run({u"logout"_s, host(), u"--json"_s});
    const std::vector<QJsonObject> events = json.events();
    const auto logout = std::find_if(events.begin(), events.end(), [](const QJsonObject &event) {
        return event.value(u"event"_s) == u"logout"_s;
    });
    ASSERT_NE(logout, events.end()) << json;
    EXPECT_EQ(logout->value(u"removed"_s), QJsonValue(false)) << json;
}

TEST_F(LoginTest, BadWordsAreSaid)
{
    EXPECT_EQ(m_place.run({u"login"_s}).exitStatus, 2);
    EXPECT_EQ(m_place.run({u"login"_s, host() + u"/team"_s}).exitStatus, 2);
    const Outcome nameless =
        m_place.run({u"login"_s, host(), u"--password-stdin"_s, u"--authfile"_s, authFile()}, {.input = "x"});
    EXPECT_EQ(nameless.exitStatus, 2) << nameless;
    EXPECT_TRUE(nameless.err.contains("--user NAME")) << nameless;
    const Outcome silent = m_place.run({u"login"_s, host(), u"--authfile"_s, authFile()}, {.input = "ann\n"});
    EXPECT_EQ(silent.exitStatus, 2) << silent;
    EXPECT_TRUE(silent.err.contains("no terminal")) << silent;
    EXPECT_EQ(login("", {u"--authfile"_s, authFile()}).exitStatus, 2);
}

// The keyboard's end of a terminal, which shows what the program's end echoes.
class Terminal
{
public:
    Terminal()
    {
        char name[256] = {};
        EXPECT_EQ(::openpty(&m_keyboard, &m_other, name, nullptr, nullptr), 0);
        m_name = QString::fromLocal8Bit(name);
    }
    ~Terminal()
    {
        ::close(m_keyboard);
        ::close(m_other);
    }
    QString name() const { return m_name; }
    void type(const QByteArray &text)
    {
        EXPECT_EQ(::write(m_keyboard, text.constData(), text.size()), text.size());
    }
    QByteArray shown()
    {
        pollfd input{m_keyboard, POLLIN, 0};
        while (::poll(&input, 1, 0) > 0) {
            char buffer[1024];
            const ssize_t count = ::read(m_keyboard, buffer, sizeof buffer);
            if (count <= 0) {
                break;
            }
            m_shown.append(buffer, count);
        }
        return m_shown;
    }

private:
    int m_keyboard = -1;
    int m_other = -1;
    QString m_name;
    QByteArray m_shown;
};

TEST_F(LoginTest, AsksAtATerminalAndDoesNotShowThePassword)
{
    Terminal terminal;
    QProcess login;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path=/nonexistent"_s);
    login.setProcessEnvironment(environment);
    login.setStandardInputFile(terminal.name());
    login.start(QStringLiteral(LAYERPOOL_CLI), {u"login"_s, host(), u"--authfile"_s, authFile()});
    QByteArray err;
    const auto waitFor = [&](const QByteArray &text) {
        const QDeadlineTimer deadline(20'000);
        while (!err.contains(text) && !deadline.hasExpired()) {
            login.waitForReadyRead(50);
            err += login.readAllStandardError();
        }
        return err.contains(text);
    };
    ASSERT_TRUE(waitFor("Name:")) << err.toStdString();
    terminal.type("ann\n");
    ASSERT_TRUE(waitFor("Password:")) << err.toStdString();
    terminal.type("s3cret-canary\n");
    ASSERT_TRUE(login.waitForFinished(20'000));
    EXPECT_EQ(login.exitCode(), 0) << err.toStdString() << login.readAllStandardError().toStdString();
    EXPECT_TRUE(terminal.shown().contains("ann"));
    EXPECT_FALSE(terminal.shown().contains("canary"));
}

} // namespace
} // namespace layerpool::test
