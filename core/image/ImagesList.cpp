// SPDX-License-Identifier: Apache-2.0
#include "image/ImagesList.h"

#include "base/Text.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStringDecoder>

#include <algorithm>

#include <sys/stat.h>

namespace layerpool {
namespace {

constexpr qint64 kLargestList = 16 * 1024 * 1024;

Error unreadable(const QString &name, const QString &why, const QString &hint = {})
{
    return {ErrorKind::BadInput, Text::tr("Cannot read the list %1").arg(name), why, hint};
}

// As a shell makes one of `<(…)`.
bool isPipe(const QString &path)
{
    struct stat info
    {
    };
    return ::stat(QFile::encodeName(path).constData(), &info) == 0 && S_ISFIFO(info.st_mode);
}

// A `#` inside a word belongs to the word: that line is bad, and said to be.
QString withoutComment(const QString &line)
{
    for (qsizetype at = line.indexOf(QLatin1Char('#')); at >= 0;
         at = line.indexOf(QLatin1Char('#'), at + 1)) {
        if (at == 0 || line.at(at - 1).isSpace()) {
            return line.first(at);
        }
    }
    return line;
}

} // namespace

Status ImagesList::addPath(const QString &path)
{
    const QFileInfo info(path);
    if (!info.exists()) {
        return unreadable(path, Text::tr("there is no such file"),
                          Text::tr("Check the path for a typing error"));
    }
    if (info.isDir()) {
        const QStringList names = QDir(path).entryList({QStringLiteral("*.list"), QStringLiteral("*.txt")},
                                                       QDir::Files, QDir::Name);
        if (names.isEmpty()) {
            return unreadable(path, Text::tr("the folder holds no *.list and no *.txt"));
        }
        for (const QString &name : names) {
            if (Status added = addPath(QDir(path).filePath(name)); !added) {
                return added;
            }
        }
        return {};
    }
    if (!info.isFile() && !isPipe(path)) {
        return unreadable(path, Text::tr("it is no file"));
    }
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? addDevice(file, path) : unreadable(path, file.errorString());
}

Status ImagesList::addDevice(QIODevice &device, const QString &name)
{
    const QByteArray text = device.read(kLargestList + 1);
    if (text.size() > kLargestList) {
        return unreadable(name, Text::tr("it is larger than any list (%1)").arg(formatBytes(kLargestList)));
    }
    return addText(text, name);
}

Status ImagesList::addText(const QByteArray &text, const QString &name)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString decoded =
        decoder(QByteArray(text + '\n')); // so that a character cut at the end is an error too
    if (decoder.hasError() || decoded.contains(QChar(u'\0'))) {
        return unreadable(name, Text::tr("it is not text"),
                          Text::tr("A list is plain text with one image on each line"));
    }
    int number = 0;
    for (const QString &line : decoded.split(QLatin1Char('\n'))) {
        addLine(line, name, ++number);
    }
    return {};
}

void ImagesList::addLine(QString line, const QString &name, int number)
{
    if (number == 1 && line.startsWith(QChar(0xFEFF))) {
        line.remove(0, 1);
    }
    ListLine entry;
    entry.file = name;
    entry.number = number;
    entry.text = withoutComment(line).trimmed();
    if (entry.text.isEmpty()) {
        return;
    }
    if (const Result<ImageReference> reference = ImageReference::parse(entry.text)) {
        entry.reference = *reference;
        const QString key = reference->toString();
        if (const auto first = m_firstByKey.constFind(key); first != m_firstByKey.constEnd()) {
            const ListLine &original = m_lines[*first];
            entry.kind = ListLine::Kind::Repeated;
            entry.problem = original.file == name
                                ? Text::tr("repeats line %1").arg(original.number)
                                : Text::tr("repeats line %1 of %2").arg(original.number).arg(original.file);
        } else {
            entry.kind = ListLine::Kind::Image;
            m_firstByKey.insert(key, m_lines.size());
        }
    } else {
        entry.problem = reference.error().why;
    }
    m_lines.push_back(std::move(entry));
}

std::vector<ListLine> ImagesList::ofKind(ListLine::Kind kind) const
{
    std::vector<ListLine> found;
    std::copy_if(m_lines.begin(), m_lines.end(), std::back_inserter(found),
                 [kind](const ListLine &line) { return line.kind == kind; });
    return found;
}

std::vector<ListLine> ImagesList::images() const
{
    return ofKind(ListLine::Kind::Image);
}

} // namespace layerpool
