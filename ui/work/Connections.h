// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "registry/RegistryOptions.h"
#include "settings/Settings.h"
#include "work/Mirrors.h"

#include <QObject>

namespace layerpool {

/// How the window talks to registries: what the settings say, and the logins. The one place that makes
/// options for plans and whatever else goes out. What is set here is kept at once.
class Connections final : public QObject
{
    Q_OBJECT

public:
    /// `logins`: the stores of this session. The settings must outlive it.
    Connections(RegistryOptions logins, Settings &settings, QObject *parent = nullptr);

    /// For what begins now.
    RegistryOptions options() const;

    template <typename T>
    T value(const Setting<T> &setting) const
    {
        return m_settings.value(setting);
    }
    template <typename T>
    void set(const Setting<T> &setting, const T &value)
    {
        if (value != m_settings.value(setting)) {
            m_settings.setValue(setting, value);
            Q_EMIT optionsChanged();
        }
    }

    /// Those that were used or added, HOST[:PORT], in alphabetical order.
    QStringList registries() const;
    void addRegistry(const QString &host);
    /// Forgets its exception and its mirrors too.
    void removeRegistry(const QString &host);

    /// Whether a certificate that can't be verified, and plain HTTP, are allowed for the host.
    bool isUnverifiedAllowed(const QString &host) const;
    void allowUnverified(const QString &host, bool isAllowed);

    /// Those of all registries.
    Mirrors mirrors() const;
    void setMirrors(const Mirrors &mirrors);
    /// Of one, HOST[:PORT].
    std::vector<RegistryAddress> mirrorsOf(const QString &host) const;
    void setMirrorsOf(const QString &host, const std::vector<RegistryAddress> &mirrors);

    /// How many requests the host, HOST[:PORT], gets at a time.
    int requestsAt(const QString &host) const;
    void setRequestsAt(const QString &host, int requests);

    /// A login server that may see passwords of registries of other sites.
    void allowLoginServer(const QString &host);

    /// Somebody has signed in or out.
    void tellLoginsChanged() { Q_EMIT loginsChanged(); }
    /// Somebody trusts other keys, or has another policy on signatures.
    void tellTrustChanged() { Q_EMIT trustChanged(); }

Q_SIGNALS:
    /// A plan that was made before no longer holds.
    void optionsChanged();
    void registriesChanged();
    void mirrorsChanged();
    void loginsChanged();
    /// A bundle that was refused may be taken now, and the other way about.
    void trustChanged();

private:
    int jobs() const;
    QHash<QString, int> hostRequests() const;
    qint64 rate() const;

    RegistryOptions m_logins;
    Settings &m_settings;
    // Of all tasks together:
    const std::shared_ptr<RateLimit> m_rateLimit;
    const std::shared_ptr<RequestTurns> m_turns;
};

} // namespace layerpool
