// SPDX-License-Identifier: Apache-2.0
#include "support/SecretService.h"

#include <QDeadlineTimer>
#include <QDir>

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

constexpr int kPatienceMs = 20'000;
const QString kBus = u"org.freedesktop.DBus"_s;
const QString kSecrets = u"org.freedesktop.secrets"_s;

} // namespace

SecretService::SecretService(State state)
{
    const QByteArray mark = "unix:";
    m_bus = std::make_unique<BackgroundRun>(
        u"dbus-daemon"_s, QStringList{u"--session"_s, u"--nofork"_s, u"--nopidfile"_s, u"--print-address"_s},
        surroundings());
    if (!m_bus->waitForText(mark, kPatienceMs)) {
        m_log = "no message bus: " + m_bus->wait(0).err;
        return;
    }
    m_address =
        QString::fromUtf8(m_bus->said().mid(m_bus->said().indexOf(mark)).split('\n').first().trimmed());
    if (state != State::Bare) {
        startKeyring(true);
    }
    if (state != State::Unlocked) {
        m_keyring.reset();
        startKeyring(false);
    }
}

RunOptions SecretService::surroundings() const
{
    RunOptions options;
    for (const char *name :
         {"HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"}) {
        options.environment.insert(QString::fromLatin1(name), m_home.path());
    }
    for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "GNOME_KEYRING_CONTROL"}) {
        options.environment.insert(QString::fromLatin1(name), QString());
    }
    options.environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, m_address);
    return options;
}

void SecretService::startKeyring(bool isUnlocked)
{
    m_isUp = false;
    RunOptions options = surroundings();
    QStringList words{u"--foreground"_s, u"--components=secrets"_s};
    if (isUnlocked) {
        words << u"--unlock"_s; // or makes one, with what it is told
        options.input = "a keyring's own password";
    }
    m_keyring = std::make_unique<BackgroundRun>(u"gnome-keyring-daemon"_s, words, options);
    const QDeadlineTimer deadline(kPatienceMs);
    while (!m_isUp && m_keyring->isRunning() && !deadline.hasExpired()) {
        const Outcome owned = call(kBus, {u"/"_s, kBus + u".NameHasOwner"_s, u"string:"_s + kSecrets});
        m_isUp = owned.out.contains("boolean true");
        m_log = owned.err;
    }
    m_log += m_isUp ? QByteArray() : m_keyring->wait(0).err;
}

Outcome SecretService::call(const QString &destination, const QStringList &words) const
{
    return run(u"dbus-send"_s,
               QStringList{u"--session"_s, u"--print-reply"_s, u"--dest="_s + destination} + words,
               surroundings());
}

bool SecretService::keeps(const QString &service, const QString &user) const
{
    const Outcome found =
        call(kSecrets, {u"/org/freedesktop/secrets"_s, u"org.freedesktop.Secret.Service.SearchItems"_s,
                        u"dict:string:string:server,%1,user,%2"_s.arg(service, user)});
    return found.out.contains("/org/freedesktop/secrets/collection/");
}

} // namespace layerpool::test
