// SPDX-License-Identifier: Apache-2.0
#include "work/ListExport.h"

#include "base/DurableDirectory.h"

#include <QFile>
#include <QFileInfo>
#include <QSet>
#include <QUuid>

namespace layerpool {
namespace {

constexpr qint64 kLongestList = 16 * 1024 * 1024; // as it is read

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
    const QFileInfo file(path);
    const Result<DurableDirectory> folder = DurableDirectory::open(file.absolutePath());
    if (!folder) {
        return folder.error();
    }
    const QByteArray name = QFile::encodeName(file.fileName());
    QByteArray text;
    if (into == ExportInto::EndOfFile) {
        Result<QByteArray> before = folder->readFile(name, kLongestList);
        if (!before) {
            return before.error();
        }
        text = *std::move(before);
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
    const QByteArray staged = '.' + name + '.' + QUuid::createUuid().toByteArray(QUuid::Id128);
    if (const Status made = folder->writeFile(staged, text); !made) {
        return made.error();
    }
    if (const Status replaced = folder->replace(staged, name); !replaced) {
        (void)folder->remove(staged);
        return replaced.error();
    }
    return written;
}

} // namespace layerpool
