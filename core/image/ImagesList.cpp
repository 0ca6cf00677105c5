// SPDX-License-Identifier: Apache-2.0
#include "image/ImagesList.h"

#include "base/Text.h"

#include <algorithm>

namespace layerpool {

Status ImagesList::addPath(const QString &path)
{
    const Result<QStringList> files = ListText::filesAt(path);
    if (!files) {
        return files.error();
    }
    for (const QString &file : *files) {
        if (const Status added = add(ListText::read(file), file); !added) {
            return added;
        }
    }
    return {};
}

Status ImagesList::addDevice(QIODevice &device, const QString &name)
{
    return add(ListText::read(device, name), name);
}

Status ImagesList::addText(const QByteArray &text, const QString &name)
{
    return add(ListText::parse(text, name), name);
}

Status ImagesList::add(const Result<ListText> &text, const QString &name)
{
    if (!text) {
        return text.error();
    }
    int number = 0;
    for (const ListText::Line &line : text->lines()) {
        addLine(line.text, name, ++number);
    }
    return {};
}

void ImagesList::addLine(QString line, const QString &name, int number)
{
    ListLine entry;
    entry.file = name;
    entry.number = number;
    entry.text = contentOf(line);
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
