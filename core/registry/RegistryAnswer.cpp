// SPDX-License-Identifier: Apache-2.0
#include "registry/RegistryAnswer.h"

#include "base/Text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <optional>

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
    } else if (code == QLatin1String("MANIFEST_UNKNOWN") && subject.contains(QLatin1Char('@'))) {
        error.why = Text::tr("the registry knows no such digest there");
        error.hint = Text::tr("Check name and digest; it may have been removed, or not mirrored");
    } else if (code == QLatin1String("MANIFEST_UNKNOWN")) {
        error.why = Text::tr("the registry knows no such tag, or no such repository");
        error.hint = Text::tr("Check name and tag for a typing error");
    } else {
        error.why = Text::tr("the registry does not know it");
    }
    return error;
}

Error missingProject(const QString &host, const QString &subject)
{
    const QString project = subject.section(QLatin1Char('/'), 0, 0);
    return {ErrorKind::Denied, Text::tr("%1 has no project “%2”").arg(host, project),
            Text::tr("projects are not made by pushing"),
            Text::tr("Make it there first, or name another prefix")};
}

// What an upload is refused for: wrong bytes, parts that a manifest names and that are not there, its kind.
std::optional<Error> refusedUpload(const QString &host, const QString &subject, const Said &said)
{
    const QString what = Text::tr("%1 does not take %2").arg(host, subject);
    if (said.code == QLatin1String("MANIFEST_BLOB_UNKNOWN") ||
        said.code == QLatin1String("MANIFEST_UNKNOWN") || said.code == QLatin1String("BLOB_UNKNOWN")) {
        return Error{ErrorKind::NotFound, what, Text::tr("it lacks a part that the manifest names"), {}};
    }
    if (said.code == QLatin1String("DIGEST_INVALID")) {
        return Error{ErrorKind::Corrupt, what, Text::tr("the bytes that came there have another digest"),
                     Text::tr("Run verify on what was pushed from, and renew what it finds damaged")};
    }
    if (said.code == QLatin1String("MANIFEST_INVALID")) {
        return Error{ErrorKind::Unsupported,
                     what,
                     said.message.isEmpty() ? Text::tr("it finds the manifest invalid") : said.message,
                     {}};
    }
    return std::nullopt;
}

} // namespace

bool isMissingProject(const HttpResponse &response)
{
    // "project NAME not found"; a repository that isn't there may well have "project" in its name.
    static const QRegularExpression words(QStringLiteral("(?:^|\\s)project\\s+\\S+\\s+not found\\b"),
                                          QRegularExpression::CaseInsensitiveOption);
    return (response.status == 404 || response.status == 403) &&
           words.match(saidBy(response).message).hasMatch();
}

Error answerError(const QString &host, const QString &subject, const HttpResponse &response)
{
    const Said said = saidBy(response);
    if (isMissingProject(response)) {
        return missingProject(host, subject);
    }
    if (response.status == 400 || response.status == 422) {
        if (std::optional<Error> refused = refusedUpload(host, subject, said)) {
            return *std::move(refused);
        }
    }
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
    case 409:
    case 412:
        return {ErrorKind::Denied,
                Text::tr("%1 does not take %2").arg(host, subject),
                said.message.isEmpty() ? Text::tr("it answers %1").arg(response.status) : said.message,
                Text::tr("Where its tags may not move, keep them"),
                {},
                {},
                {QStringLiteral("--tags keep")}};
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

Error readError(const QString &host, const QString &subject, const HttpResponse &response)
{
    if (isMissingProject(response)) {
        return {ErrorKind::NotFound, Text::tr("%1 is not at %2").arg(subject, host),
                Text::tr("there is no project “%1”").arg(subject.section(QLatin1Char('/'), 0, 0)),
                Text::tr("Check the name for a typing error")};
    }
    if (response.status != 409 && response.status != 412) {
        return answerError(host, subject, response);
    }
    // Harbor does so where its policy asks for a scan or a signature.
    const QString message = saidBy(response).message;
    return {ErrorKind::Denied, Text::tr("%1 does not give %2 away").arg(host, subject),
            message.isEmpty() ? Text::tr("it answers %1").arg(response.status) : message,
            Text::tr("Ask its administrator which policy forbids it")};
}

} // namespace layerpool
