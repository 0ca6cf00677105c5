// SPDX-License-Identifier: Apache-2.0
#include "registry/RegistryAnswer.h"

#include "base/Text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace layerpool {
namespace {

struct Said
{
    QString code;
    QString message;
};

Said saidBy(const HttpResponse &response)
{
    const QJsonArray errors =
        QJsonDocument::fromJson(response.body).object().value(QLatin1String("errors")).toArray();
    const QJsonObject first = errors.isEmpty() ? QJsonObject() : errors.first().toObject();
    // A stranger's words: kept short, and on one line.
    return {first.value(QLatin1String("code")).toString().left(60),
            first.value(QLatin1String("message")).toString().simplified().left(200)};
}

Error notFound(const QString &host, const QString &subject, const QString &code)
{
    Error error{ErrorKind::NotFound, Text::tr("%1 is not at %2").arg(subject, host), {}, {}};
    if (code == QLatin1String("NAME_UNKNOWN")) {
        error.why = Text::tr("there is no such repository");
        error.hint = Text::tr("Check the name for a typing error");
    } else if (code == QLatin1String("MANIFEST_UNKNOWN")) {
        error.why = Text::tr("the registry knows no such tag, or no such repository");
        error.hint = Text::tr("Check name and tag for a typing error");
    } else {
        error.why = Text::tr("the registry does not know it");
    }
    return error;
}

} // namespace

Error answerError(const QString &host, const QString &subject, const HttpResponse &response)
{
    const Said said = saidBy(response);
    switch (response.status) {
    case 401:
        return {ErrorKind::Denied, Text::tr("%1 does not give access to %2").arg(host, subject),
                Text::tr("it asks for a login, or the one it got is not enough"),
                Text::tr("Check the name, or sign in; a private or absent repository looks the same"), host};
    case 403:
        return {ErrorKind::Denied, Text::tr("%1 does not give access to %2").arg(host, subject),
                said.message.isEmpty() ? Text::tr("it is forbidden") : said.message,
                Text::tr("Check what this login is allowed to do there"), host};
    case 404:
        return notFound(host, subject, said.code);
    case 405:
        return {ErrorKind::Server,
                Text::tr("%1 does not take %2").arg(host, subject),
                Text::tr("it does not allow this (405); it may be read-only"),
                {}};
    case 413:
        return {ErrorKind::Server, Text::tr("%1 does not take %2").arg(host, subject),
                Text::tr("it, or a proxy before it, finds it too large (413)"),
                Text::tr("Ask its administrator to allow larger uploads")};
    case 429:
        return {ErrorKind::Server, Text::tr("%1 gets too many requests").arg(host),
                Text::tr("it asks to slow down (429)"), Text::tr("Try again later, or sign in")};
    default:
        break;
    }
    return {ErrorKind::Server, Text::tr("%1 failed with %2").arg(host, subject),
            said.message.isEmpty() ? Text::tr("it answers %1").arg(response.status)
                                   : Text::tr("it answers %1: %2").arg(response.status).arg(said.message),
            response.status >= 500 ? Text::tr("The fault is on its side; try again later") : QString()};
}

} // namespace layerpool
