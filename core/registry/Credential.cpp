// SPDX-License-Identifier: Apache-2.0
#include "registry/Credential.h"

namespace layerpool {

QByteArray Credential::basicHeader() const
{
    // Some servers know no OAuth2 and take an identity token where the password stands.
    const QString name = user.isEmpty() && !identityToken.isEmpty() ? QString(identityTokenUser) : user;
    const QString secret = password.isEmpty() ? identityToken : password;
    return "Basic " + (name.toUtf8() + ':' + secret.toUtf8()).toBase64();
}

} // namespace layerpool
