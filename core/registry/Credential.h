// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

namespace layerpool {

/// A login for one registry. Never printed, never part of a URL.
struct Credential
{
    QString user;
    QString password;
    /// What the registry's token server takes in place of name and password (OAuth2's refresh token).
    QString identityToken = {};

    /// The value of an `Authorization: Basic` header.
    QByteArray basicHeader() const;

    friend bool operator==(const Credential &, const Credential &) = default;
};

/// The user's name that stands for "the secret is an identity token" (docker-credential-helpers).
inline constexpr QLatin1String identityTokenUser("<token>");

} // namespace layerpool
