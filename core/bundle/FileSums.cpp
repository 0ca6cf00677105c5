// SPDX-License-Identifier: Apache-2.0
#include "bundle/FileSums.h"

#include "base/Text.h"
#include "bundle/BundleRefusal.h"

#include <algorithm>

namespace layerpool {
namespace {

constexpr qsizetype kHexBytes = 64;

// As sha256sum itself writes a name with a backslash or a line break in it.
QByteArray escaped(QByteArray name)
{
    return name.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r");
}

std::optional<QByteArray> unescaped(QByteArrayView text)
{
    QByteArray name;
    for (qsizetype i = 0; i < text.size(); ++i) {
        char byte = text[i];
        if (byte == '\\') {
            const char next = i + 1 < text.size() ? text[++i] : '\0';
            byte = next == 'n' ? '\n' : next == 'r' ? '\r' : next;
            if (byte == '\0' || (next != 'n' && next != 'r' && next != '\\')) {
                return std::nullopt;
            }
        }
        name += byte;
    }
    return name;
}

std::optional<FileSums::Line> lineOf(QByteArrayView text)
{
    const bool isEscaped = text.startsWith('\\');
    text = text.sliced(isEscaped ? 1 : 0);
    if (text.size() < kHexBytes + 3 || text[kHexBytes] != ' ' ||
        (text[kHexBytes + 1] != ' ' && text[kHexBytes + 1] != '*')) {
        return std::nullopt;
    }
    const auto digest = Digest::parse(QByteArrayView("sha256:" + text.first(kHexBytes).toByteArray()));
    const QByteArrayView rest = text.sliced(kHexBytes + 2);
    const auto name = isEscaped ? unescaped(rest) : rest.toByteArray();
    return digest && name ? std::optional(FileSums::Line{*name, *digest}) : std::nullopt;
}

Error badSums(const QString &why)
{
    return {ErrorKind::BadInput, {}, why, {}};
}

} // namespace

Result<FileSums> FileSums::parse(QByteArrayView text)
{
    FileSums sums;
    while (!text.isEmpty()) {
        const qsizetype end = text.indexOf('\n');
        const QByteArrayView line = end < 0 ? text : text.first(end);
        text = end < 0 ? QByteArrayView() : text.sliced(end + 1);
        std::optional<Line> read = lineOf(line);
        if (!read) {
            return badSums(Text::tr("a line of it has another form"));
        }
        if (const Digest *known = sums.find(read->name); known != nullptr && *known != read->digest) {
            return badSums(Text::tr("it has two sums of %1").arg(quoted(read->name)));
        }
        sums.lines.push_back(*std::move(read));
    }
    return sums;
}

QByteArray FileSums::toText() const
{
    QByteArray text;
    for (const auto &[name, digest] : lines) {
        const QByteArray shown = escaped(name);
        text += (shown == name ? "" : "\\") + digest.hex() + "  " + shown + '\n';
    }
    return text;
}

const Digest *FileSums::find(const QByteArray &name) const
{
    const auto found =
        std::find_if(lines.begin(), lines.end(), [&](const Line &line) { return line.name == name; });
    return found != lines.end() ? &found->digest : nullptr;
}

} // namespace layerpool
