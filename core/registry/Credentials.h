// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Result.h"

#include <QHash>
#include <QString>
#include <QStringList>

#include <optional>

namespace layerpool {

/// A user's name and password for one registry. Never printed, never part of a URL.
struct Credential
{
    QString user;
    QString password;

    /// The value of an `Authorization: Basic` header.
    QByteArray basicHeader() const;
};

/// What the machine's auth files know (containers-auth.json(5) and Docker's config.json, their `auths`).
class Credentials
{
public:
    /// Reads the files in the order of their precedence; those that are not there are passed over.
    /// `authFile` is looked at first, and must be there where it is named. Errors: BadInput.
    static Result<Credentials> load(const QString &authFile);

    /// For a host as RegistryAddress has it: the longest key that fits `host/repository` wins.
    std::optional<Credential> find(const QString &host, const QString &repository) const;

private:
    Status addFile(const QString &path);

    QHash<QString, Credential> m_byKey; ///< by host, or host/namespace
};

} // namespace layerpool
