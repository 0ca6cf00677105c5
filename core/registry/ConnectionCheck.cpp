// SPDX-License-Identifier: Apache-2.0
#include "registry/ConnectionCheck.h"

#include "base/Text.h"
#include "registry/RegistryAccess.h"

namespace layerpool {
namespace {

// A person knows an authority by its organization, a private one often by its common name alone.
QString issuerOf(const QSslCertificate &certificate)
{
    for (const QSslCertificate::SubjectInfo part :
         {QSslCertificate::CommonName, QSslCertificate::Organization}) {
        if (const QStringList names = certificate.issuerInfo(part); !names.isEmpty()) {
            return names.join(QStringLiteral(", "));
        }
    }
    return certificate.issuerDisplayName();
}

QString connectionOf(const ConnectionCheck &check, const QString &host)
{
    if (check.issuer.isEmpty()) {
        return Text::tr("%1 answers over plain HTTP: whoever is on the way can read along").arg(host);
    }
    return check.isUnverified
               ? Text::tr("%1 answers over TLS; its certificate by %2 is not verified")
                     .arg(host, check.issuer)
               : Text::tr("%1 answers over TLS; its certificate is by %2").arg(host, check.issuer);
}

QString loginOf(const ConnectionCheck &check)
{
    if (!check.asksForLogin) {
        return Text::tr("It asks for no login");
    }
    if (check.place.isEmpty()) {
        return Text::tr("No login for it is known: what it gives to everybody can be had");
    }
    return check.user.isEmpty() ? Text::tr("It takes the login from %1").arg(check.place)
                                : Text::tr("It takes the login of %1 from %2").arg(check.user, check.place);
}

} // namespace

QString ConnectionCheck::sentence(const QString &host) const
{
    return connectionOf(*this, host) + QStringLiteral(". ") + loginOf(*this);
}

Result<ConnectionCheck> checkConnection(const RegistryOptions &options, const QString &host,
                                        const CancelToken &cancel)
{
    const Result<std::unique_ptr<RegistryAccess>> access = RegistryAccess::create(options);
    if (!access) {
        return access.error();
    }
    HttpClient client((*access)->network(), cancel);
    const Result<RegistryEndpoint> endpoint = (*access)->endpoint(host, client);
    if (!endpoint) {
        return endpoint.error();
    }
    if (endpoint->isForbidden) {
        return Error{ErrorKind::Denied, Text::tr("%1 answers, and forbids access").arg(host),
                     Text::tr("it says 403 to /v2/"), Text::tr("Ask its administrator who may use it")};
    }
    ConnectionCheck check;
    if (!endpoint->certificate.isNull()) {
        check.issuer = issuerOf(endpoint->certificate);
        check.isUnverified = endpoint->isUnverified;
    }
    check.asksForLogin = !endpoint->challenges.empty();
    if (!check.asksForLogin) {
        return check;
    }
    const Result<std::unique_ptr<Credentials>> credentials =
        Credentials::load({options.session, options.authFile, options.keyring});
    const Result<Credentials::Found> found =
        credentials ? (*credentials)->find(host, {}, cancel) : credentials.error();
    if (!found || !found->credential) {
        return !found           ? Result<ConnectionCheck>(found.error())
               : found->trouble ? Result<ConnectionCheck>(*found->trouble)
                                : Result<ConnectionCheck>(check);
    }
    if (const Result<LoginCheck> login = (*access)->checkLogin(host, *found->credential, client); !login) {
        return login.error();
    }
    check.user = found->credential->user;
    check.place = found->place;
    return check;
}

} // namespace layerpool
