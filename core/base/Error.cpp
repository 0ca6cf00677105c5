// SPDX-License-Identifier: Apache-2.0
#include "base/Error.h"

#include "base/Text.h"

#include <QLocale>

#include <cerrno>
#include <system_error>

namespace layerpool {

QByteArray errorKindName(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::BadInput:
        return "bad-input";
    case ErrorKind::NotFound:
        return "not-found";
    case ErrorKind::Denied:
        return "denied";
    case ErrorKind::Untrusted:
        return "untrusted";
    case ErrorKind::Unreachable:
        return "unreachable";
    case ErrorKind::Server:
        return "server";
    case ErrorKind::Corrupt:
        return "corrupt";
    case ErrorKind::Storage:
        return "storage";
    case ErrorKind::NoSpace:
        return "no-space";
    case ErrorKind::Conflict:
        return "conflict";
    case ErrorKind::Unsupported:
        return "unsupported";
    case ErrorKind::Cancelled:
        return "cancelled";
    }
    return "unknown";
}

QString Error::sentence() const
{
    return sentence({});
}

QString Error::sentence(const QStringList &places) const
{
    const QString said = why.isEmpty() ? what : Text::tr("%1: %2", "what went wrong, and why").arg(what, why);
    QString tried = hint;
    if (!hint.isEmpty() && !places.isEmpty()) {
        tried = Text::tr("%1 (%2)", "what to try, and where").arg(hint, places.join(QStringLiteral(", ")));
    }
    return tried.isEmpty() ? Text::tr("%1.", "a sentence").arg(said)
                           : Text::tr("%1. %2.", "what went wrong, what to try").arg(said, tried);
}

QString Error::sentenceAbout(const QString &subject, const QStringList &places) const
{
    const QString text = sentence(places);
    return subject.isEmpty() || text.startsWith(subject) ? text : QStringLiteral("%1: %2").arg(subject, text);
}

Error systemError(const QString &what, int errorNumber)
{
    const bool full = errorNumber == ENOSPC || errorNumber == EDQUOT;
    Error error;
    error.kind = full ? ErrorKind::NoSpace : ErrorKind::Storage;
    error.what = what;
    error.why = QString::fromStdString(std::generic_category().message(errorNumber));
    if (full) {
        error.hint =
            Text::tr("Free some space, then run the same command again; it goes on where it stopped");
    } else if (errorNumber == EACCES || errorNumber == EPERM || errorNumber == EROFS) {
        error.hint = Text::tr("Check who owns the folder and whether it may be written");
    }
    return error;
}

Error cancelledError()
{
    return {ErrorKind::Cancelled, Text::tr("Cancelled"), {}, {}};
}

} // namespace layerpool
