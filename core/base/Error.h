// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace layerpool {

/// What sort of failure it was: decides exit statuses, retries and the word in `--json` output.
enum class ErrorKind {
    BadInput,    ///< words, a list or a file of the user's that can't be understood
    NotFound,    ///< no such repository, tag, digest or platform
    Denied,      ///< the other side asked for a login, or refused the one it was given
    Untrusted,   ///< a certificate that can't be verified, or a step down to plain HTTP
    Unreachable, ///< no connection, or one that broke and stayed broken
    Server,      ///< the other side answered, but with a fault of its own
    Corrupt,     ///< bytes whose digest, size or form is not what it must be
    Storage,     ///< reading or writing files failed
    NoSpace,     ///< the file system or a quota is full
    Conflict,    ///< something of another kind, or with other content, is there already
    Unsupported, ///< understood, but not something this program does
    Cancelled,   ///< the user asked to stop
};

/// The stable lower-case word for a kind, as `--json` prints it.
QByteArray errorKindName(ErrorKind kind);

/// A failure in three parts, each one sentence without its full stop: what happened, why, and what to
/// try. `why` and `hint` may be empty. The window, the command line and JSON print the same three; how the
/// hint is followed differs, and stands in `options`.
struct Error
{
    ErrorKind kind = ErrorKind::Storage;
    QString what;
    QString why;
    QString hint;
    /// Where it helps: the registry (HOST[:PORT]) that a person may sign in to, and then try again.
    QString signInTo = {};
    /// The host that would see the password of that registry, and that nobody has allowed to.
    QString loginServer = {};
    /// What does as the hint says, in the command line's words: `--insecure harbor.corp:5000`. The window has
    /// a place of its own for each.
    QStringList options = {};

    /// "What: why. Hint." on one line.
    QString sentence() const;
    /// "What: why. Hint (where it is done)."
    QString sentence(const QStringList &places) const;
    /// The same with what it is about in front, "subject: …", unless it begins with that by itself.
    QString sentenceAbout(const QString &subject, const QStringList &places = {}) const;
};

/// The error of a system call: `errno` decides the kind (ENOSPC and EDQUOT are NoSpace) and the reason.
Error systemError(const QString &what, int errorNumber);

/// The one error that stands for "the user asked to stop". What is left of what was begun, a task's result
/// says.
Error cancelledError();

} // namespace layerpool
