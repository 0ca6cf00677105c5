// SPDX-License-Identifier: Apache-2.0
#include "work/ListExport.h"

#include "base/ReplaceFile.h"
#include "image/ListText.h"

#include <QSet>

namespace layerpool {
namespace {

QSet<QByteArray> linesOf(const QByteArray &text)
{
    QSet<QByteArray> lines;
    for (const QByteArray &line : text.split('\n')) {
        lines.insert(line.trimmed());
    }
    return lines;
}

} // namespace

Result<int> exportList(const QString &path, const QStringList &images, ExportInto into)
{
    QByteArray text;
    if (into == ExportInto::EndOfFile) {
        const Result<ListText> before = ListText::read(path);
        if (!before) {
            return before.error();
        }
        text = before->toBytes();
        if (!text.isEmpty() && !text.endsWith('\n')) {
            text += '\n';
        }
    }
    const QSet<QByteArray> there = linesOf(text);
    int written = 0;
    for (const QString &image : images) {
        if (const QByteArray line = image.toUtf8(); !there.contains(line)) {
            text += line + '\n';
            ++written;
        }
    }
    if (const Status replaced = replaceFile(path, text); !replaced) {
        return replaced.error();
    }
    return written;
}

} // namespace layerpool
