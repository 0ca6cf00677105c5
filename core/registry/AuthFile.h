// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "registry/CredentialStore.h"

#include <QHash>

namespace layerpool {

/// What one file of logins says: a containers-auth.json(5), or Docker's config.json. Hosts as RegistryAddress
/// has them.
class AuthFile
{
public:
    /// Errors: BadInput (it can't be read, or is no such file).
    static Result<AuthFile> read(const QString &path);

    const QString &path() const { return m_path; }
    /// The login that stands in the file: the longest key that fits `host/repository` wins.
    std::optional<Credential> find(const QString &host, const QString &repository) const;
    /// The helper to ask for this host alone, and the one for all others; empty where there is none.
    QString helperFor(const QString &host) const { return m_helpers.value(host); }
    const QString &helperForOthers() const { return m_helperForOthers; }

private:
    QString m_path;
    QHash<QString, Credential> m_byKey; ///< by host, or host/namespace
    QHash<QString, QString> m_helpers;  ///< by host
    QString m_helperForOthers;
};

/// The logins in a file that the user named, which may not be there yet. They can be read by whoever can read
/// the file: it is made for its owner alone. All else in it stays as it is.
class AuthFileStore final : public CredentialStore
{
public:
    explicit AuthFileStore(QString path) : m_path(std::move(path)) {}

    Result<std::optional<Credential>> find(const QString &host, const CancelToken &cancel) override;
    Status store(const QString &host, const Credential &credential, const CancelToken &cancel) override;
    Result<bool> remove(const QString &host, const CancelToken &cancel) override;
    Status check(const CancelToken &cancel) override;

private:
    QString m_path;
};

} // namespace layerpool
