// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/Run.h"

#include <QTemporaryDir>

#include <memory>

namespace layerpool::test {

/// A desktop's message bus with the real gnome-keyring on it, away from the user's own. There is no display:
/// whatever its owner would have to be asked is refused. Both end with it.
class SecretService
{
public:
    enum class State {
        Unlocked,
        Locked, ///< there is a keyring, and nobody has opened it
        Bare,   ///< there is none yet
    };

    /// Waits until it answers; `isUp` tells whether it did, `log` why not.
    explicit SecretService(State state);

    bool isUp() const { return m_isUp; }
    const QByteArray &log() const { return m_log; }
    /// For DBUS_SESSION_BUS_ADDRESS.
    const QString &address() const { return m_address; }
    /// Whether it keeps a password of that service for that user, as another program sees it.
    bool keeps(const QString &service, const QString &user) const;

private:
    RunOptions surroundings() const;
    void startKeyring(bool isUnlocked);
    Outcome call(const QString &destination, const QStringList &words) const;

    QTemporaryDir m_home;
    QString m_address;
    std::unique_ptr<BackgroundRun> m_bus;
    std::unique_ptr<BackgroundRun> m_keyring;
    QByteArray m_log;
    bool m_isUp = false;
};

} // namespace layerpool::test
