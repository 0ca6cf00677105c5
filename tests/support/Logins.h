// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "registry/CredentialStore.h"

#include <QByteArray>
#include <QString>
#include <QTemporaryDir>

namespace layerpool::test {

/// A keyring of a test: in memory, and it may fail.
class FakeKeyring final : public CredentialStore
{
public:
    std::optional<Error> failure; ///< what every question is answered with
    int questions = 0;

    static Error absent()
    {
        return {ErrorKind::Unsupported, QStringLiteral("There is no keyring"), QStringLiteral("a test"), {}};
    }

    Result<std::optional<Credential>> find(const QString &host, const CancelToken &cancel) override
    {
        ++questions;
        return failure ? Result<std::optional<Credential>>(*failure) : m_store.find(host, cancel);
    }
    Status store(const QString &host, const Credential &credential, const CancelToken &cancel) override
    {
        return failure ? Status(*failure) : m_store.store(host, credential, cancel);
    }
    Result<bool> remove(const QString &host, const CancelToken &cancel) override
    {
        return failure ? Result<bool>(*failure) : m_store.remove(host, cancel);
    }
    Status check(const CancelToken &) override { return failure ? Status(*failure) : Status(); }

private:
    SessionStore m_store;
};

/// Sets an environment variable, and what was there before when it goes out of scope.
class ScopedVariable
{
public:
    ScopedVariable(const char *name, const QByteArray &value);
    ~ScopedVariable();
    ScopedVariable(const ScopedVariable &) = delete;
    ScopedVariable &operator=(const ScopedVariable &) = delete;

private:
    const char *m_name;
    bool m_wasSet;
    QByteArray m_before;
};

/// A home of a test's own, without logins, and with a folder in front of PATH for helpers.
class LoginHome
{
public:
    LoginHome();

    QString path(const QString &name) const { return m_folder.filePath(name); }
    /// Writes a file below the home, with the folders above it.
    QString write(const QString &name, const QByteArray &bytes) const;
    /// `docker-credential-NAME`: a shell script with this body.
    void addHelper(const QString &name, const QByteArray &script) const;

private:
    QTemporaryDir m_folder;
    ScopedVariable m_home;
    ScopedVariable m_runtime;
    ScopedVariable m_config;
    ScopedVariable m_docker;
    ScopedVariable m_authFile;
    ScopedVariable m_path;
};

/// A containers-auth.json with one login.
QByteArray authJson(const QString &key, const QByteArray &userAndPassword);

} // namespace layerpool::test
