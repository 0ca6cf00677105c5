// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QIODevice>
#include <QList>
#include <QString>
#include <QStringList>

namespace layerpool {

/// The text of an images-list, line by line as its file has it: comments, blank lines, line endings and a
/// byte-order mark are kept, so that what nobody has changed is written back byte for byte. A value, cheap
/// to copy.
class ListText
{
public:
    struct Line
    {
        QString text;   ///< without its ending
        QString ending; ///< LF or CRLF; empty for a last line without one

        friend bool operator==(const Line &, const Line &) = default;
    };
    /// A change: `lines` in the place of `count` others. Applied and turned round, it undoes itself.
    struct Splice
    {
        qsizetype at = 0;
        qsizetype count = 0;
        QList<Line> lines;
    };

    /// A file or a pipe. Errors: BadInput (not there, not readable, not text, larger than 16 MiB).
    static Result<ListText> read(const QString &path);
    /// Reads a device that is open to its end; a pipe, say. The same errors.
    static Result<ListText> read(QIODevice &device, const QString &name);
    /// `name` stands for the file in messages. BadInput where it is no text.
    static Result<ListText> parse(const QByteArray &bytes, const QString &name);
    /// The file itself, or every `*.list` and `*.txt` of a directory in the order of their names, but for a
    /// bundle's `*.README.txt`. BadInput where it is not there, or a directory without any.
    static Result<QStringList> filesAt(const QString &path);

    QByteArray toBytes() const;
    const QList<Line> &lines() const { return m_lines; }
    bool isEmpty() const { return m_lines.isEmpty(); }

    /// New lines before the one at `at`, with the endings that their neighbours have.
    Splice insertion(qsizetype at, const QStringList &texts) const;
    /// As many lines from `at` on, with other texts.
    Splice replacement(qsizetype at, const QStringList &texts) const;
    /// Returns the splice that undoes it.
    Splice apply(const Splice &splice);

private:
    /// What a new line at `at` ends with, where lines end at all.
    QString endingNear(qsizetype at) const;

    QList<Line> m_lines;
    bool m_hasMark = false; ///< a byte-order mark
};

/// A line without its comment and the blanks around it. A comment begins with a `#` at the line's start or
/// after a blank; inside a word it belongs to the word.
QString contentOf(const QString &line);
/// The comment's words, without its `#`; empty where there is none.
QString commentOf(const QString &line);
/// Whether there is a comment and nothing else.
bool isCommentLine(const QString &line);
/// The line made a comment, and what was in a comment line.
QString commentedOut(const QString &line);
QString commentedIn(const QString &line);

} // namespace layerpool
