// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image/ImageReference.h"
#include "image/ListText.h"

#include <QHash>
#include <QIODevice>
#include <QString>

#include <vector>

namespace layerpool {

/// One line of an images-list that is not blank or a comment.
struct ListLine
{
    enum class Kind { Image, Repeated, Bad };

    Kind kind = Kind::Bad;
    QString file;             ///< as the user named it
    int number = 0;           ///< from 1
    QString text;             ///< without comment and blanks
    ImageReference reference; ///< of Image and Repeated
    QString problem;          ///< of Bad and Repeated: a phrase
};

/// The images an operator wants: one a line; `#` starts a comment at the line's start or after a blank; blank
/// lines, CRLF, a byte-order mark and a missing last newline are fine. Several files make one list, in which
/// an image counts once.
class ImagesList
{
public:
    /// Adds a file, a pipe, or every `*.list` and `*.txt` of a directory in the order of their names.
    /// Errors: BadInput (not there, not readable, not text, larger than 16 MiB).
    Status addPath(const QString &path);
    /// Reads a device that is open to its end. The same errors.
    Status addDevice(QIODevice &device, const QString &name);
    /// Adds the lines of a text; `name` stands for the file in messages. BadInput where it is no text.
    Status addText(const QByteArray &text, const QString &name);

    const std::vector<ListLine> &lines() const { return m_lines; }
    /// The lines of kind Image, in their order.
    std::vector<ListLine> images() const;
    /// The lines of this kind.
    std::vector<ListLine> ofKind(ListLine::Kind kind) const;

private:
    Status add(const Result<ListText> &text, const QString &name);
    void addLine(QString line, const QString &name, int number);

    std::vector<ListLine> m_lines;
    QHash<QString, std::size_t> m_firstByKey; ///< the line that named an image first
};

} // namespace layerpool
