// SPDX-License-Identifier: Apache-2.0
#include "image/ListText.h"

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
constexpr char kMark[] = "\xef\xbb\xbf";

Error unreadable(const QString &name, const QString &why, const QString &hint = {})
{
    return {ErrorKind::BadInput, Text::tr("Cannot read the list %1").arg(name), why, hint};
}

Error notThere(const QString &path)
{
    return unreadable(path, Text::tr("there is no such file"), Text::tr("Check the path for a typing error"));
}

// As a shell makes one of `<(…)`.
bool isPipe(const QString &path)
{
    struct stat info
    {
    };
    return ::stat(QFile::encodeName(path).constData(), &info) == 0 && S_ISFIFO(info.st_mode);
}

// -1 for none.
qsizetype commentStart(const QString &line)
{
    qsizetype at = line.indexOf(QLatin1Char('#'));
    while (at > 0 && !line.at(at - 1).isSpace()) {
        at = line.indexOf(QLatin1Char('#'), at + 1);
    }
    return at;
}

ListText::Line lineOf(QStringView text, bool hasEnding)
{
    if (!hasEnding) {
        return {text.toString(), {}};
    }
    return text.endsWith(QLatin1Char('\r'))
               ? ListText::Line{text.chopped(1).toString(), QStringLiteral("\r\n")}
               : ListText::Line{text.toString(), QStringLiteral("\n")};
}

} // namespace

Result<QStringList> ListText::filesAt(const QString &path)
{
    const QFileInfo info(path);
    if (!info.exists()) {
        return notThere(path);
    }
    if (!info.isDir()) {
        return QStringList{path};
    }
    QStringList files;
    for (const QString &name :
         QDir(path).entryList({QStringLiteral("*.list"), QStringLiteral("*.txt")}, QDir::Files, QDir::Name)) {
        if (!name.endsWith(QLatin1String(".README.txt"))) { // of a bundle that lies there
            files.append(QDir(path).filePath(name));
        }
    }
    return files.isEmpty()
               ? Result<QStringList>(unreadable(path, Text::tr("the folder holds no *.list and no *.txt")))
               : files;
}

Result<ListText> ListText::read(const QString &path)
{
    const QFileInfo info(path);
    if (!info.exists()) {
        return notThere(path);
    }
    if (!info.isFile() && !isPipe(path)) {
        return unreadable(path, Text::tr("it is no file"));
    }
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? read(file, path) : unreadable(path, file.errorString());
}

Result<ListText> ListText::read(QIODevice &device, const QString &name)
{
    const QByteArray bytes = device.read(kLargestList + 1);
    if (bytes.size() > kLargestList) {
        return unreadable(name, Text::tr("it is larger than any list (%1)").arg(formatBytes(kLargestList)));
    }
    return parse(bytes, name);
}

Result<ListText> ListText::parse(const QByteArray &bytes, const QString &name)
{
    ListText text;
    text.m_hasMark = bytes.startsWith(kMark);
    const QByteArray body = text.m_hasMark ? bytes.sliced(qsizetype(sizeof(kMark)) - 1) : bytes;
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::ConvertInitialBom);
    // With a newline behind it, a character that is cut at the end is an error too.
    QString decoded = decoder(QByteArray(body + '\n'));
    if (decoder.hasError() || decoded.contains(QChar(u'\0'))) {
        return unreadable(name, Text::tr("it is not text"),
                          Text::tr("A list is plain text with one image on each line"));
    }
    decoded.chop(1);
    qsizetype start = 0;
    for (qsizetype end = decoded.indexOf(QLatin1Char('\n')); end >= 0;
         end = decoded.indexOf(QLatin1Char('\n'), start)) {
        text.m_lines.append(lineOf(QStringView(decoded).sliced(start, end - start), true));
        start = end + 1;
    }
    if (start < decoded.size()) {
        text.m_lines.append(lineOf(QStringView(decoded).sliced(start), false));
    }
    return text;
}

QByteArray ListText::toBytes() const
{
    QString text;
    for (const Line &line : m_lines) {
        text += line.text + line.ending;
    }
    return (m_hasMark ? QByteArray(kMark) : QByteArray()) + text.toUtf8();
}

QString ListText::endingNear(qsizetype at) const
{
    const auto isEnded = [](const Line &line) { return !line.ending.isEmpty(); };
    const auto before = std::find_if(m_lines.rend() - at, m_lines.rend(), isEnded);
    if (before != m_lines.rend()) {
        return before->ending;
    }
    const auto first = std::find_if(m_lines.begin(), m_lines.end(), isEnded);
    return first != m_lines.end() ? first->ending : QStringLiteral("\n");
}

ListText::Splice ListText::insertion(qsizetype at, const QStringList &texts) const
{
    const QString ending = endingNear(at);
    Splice splice{at, 0, {}};
    for (const QString &text : texts) {
        splice.lines.append({text, ending});
    }
    // A file without a last newline stays one: the line that was last gets an ending, the new one does
    // without.
    if (at == m_lines.size() && at > 0 && m_lines.last().ending.isEmpty() && !texts.isEmpty()) {
        splice.lines.prepend({m_lines.last().text, ending});
        splice.lines.last().ending.clear();
        splice.at = at - 1;
        splice.count = 1;
    }
    return splice;
}

ListText::Splice ListText::replacement(qsizetype at, const QStringList &texts) const
{
    Splice splice{at, texts.size(), {}};
    for (qsizetype i = 0; i < texts.size(); ++i) {
        splice.lines.append({texts[i], m_lines[at + i].ending});
    }
    return splice;
}

ListText::Splice ListText::apply(const Splice &splice)
{
    const Splice back{splice.at, splice.lines.size(), m_lines.sliced(splice.at, splice.count)};
    QList<Line> lines = m_lines.first(splice.at) + splice.lines;
    lines += m_lines.sliced(splice.at + splice.count);
    m_lines = std::move(lines);
    return back;
}

QString contentOf(const QString &line)
{
    const qsizetype at = commentStart(line);
    return (at < 0 ? line : line.first(at)).trimmed();
}

QString commentOf(const QString &line)
{
    const qsizetype at = commentStart(line);
    return at < 0 ? QString() : line.sliced(at + 1).trimmed();
}

bool isCommentLine(const QString &line)
{
    return commentStart(line) >= 0 && contentOf(line).isEmpty();
}

QString commentedOut(const QString &line)
{
    return QStringLiteral("# ") + line;
}

QString commentedIn(const QString &line)
{
    QString bare = line;
    const qsizetype at = commentStart(line);
    const bool hasBlank = at + 1 < line.size() && line.at(at + 1) == QLatin1Char(' ');
    return bare.remove(at, hasBlank ? 2 : 1);
}

} // namespace layerpool
