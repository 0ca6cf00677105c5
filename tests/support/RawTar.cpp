// SPDX-License-Identifier: Apache-2.0
#include "support/RawTar.h"

#include <QDir>
#include <QFile>

namespace layerpool::test {
namespace {

constexpr qsizetype kBlock = 512;
constexpr qsizetype kLongestName = 100;
constexpr char kLongName[] = "././@LongLink";

void put(QByteArray &header, qsizetype at, const QByteArray &text)
{
    header.replace(at, text.size(), text);
}

QByteArray octal(qint64 value, int digits)
{
    return QByteArray::number(value, 8).rightJustified(digits, '0');
}

QByteArray padded(const QByteArray &bytes)
{
    return bytes + QByteArray((kBlock - bytes.size() % kBlock) % kBlock, '\0');
}

QByteArray headerOf(const RawEntry &entry)
{
    QByteArray header(kBlock, '\0');
    put(header, 0, entry.name.left(kLongestName));
    put(header, 100, entry.type == '5' ? "0000755" : "0000644");
    put(header, 108, octal(0, 7));
    put(header, 116, octal(0, 7));
    put(header, 124, entry.sizeField.isEmpty() ? octal(entry.bytes.size(), 11) : entry.sizeField);
    put(header, 136, octal(0, 11));
    put(header, 148, QByteArray(8, ' '));
    header[156] = entry.type;
    put(header, 157, entry.link);
    put(header, 257, "ustar");
    put(header, 263, "00");
    qint64 sum = entry.hasGoodSum ? 0 : 1;
    for (const char byte : std::as_const(header)) {
        sum += static_cast<unsigned char>(byte);
    }
    put(header, 148, octal(sum, 6) + QByteArray("\0 ", 2));
    return header;
}

// "25 path=docker/registry/v2": the length counts its own digits.
QByteArray paxRecord(const QByteArray &text)
{
    qsizetype size = text.size() + 2;
    qsizetype whole = size + QByteArray::number(size).size();
    whole = size + QByteArray::number(whole).size();
    return QByteArray::number(whole) + ' ' + text + '\n';
}

void collect(const QDir &folder, const QByteArray &prefix, std::vector<RawEntry> &entries)
{
    for (const QFileInfo &info :
         folder.entryInfoList(QDir::Dirs | QDir::Files | QDir::Hidden | QDir::NoDotAndDotDot, QDir::Name)) {
        const QByteArray name = prefix + QFile::encodeName(info.fileName());
        if (info.isDir()) {
            entries.push_back({name + '/', {}, '5'});
            collect(QDir(info.filePath()), name + '/', entries);
            continue;
        }
        QFile file(info.filePath());
        if (!file.open(QIODevice::ReadOnly)) {
            qFatal("cannot read %s", qUtf8Printable(info.filePath()));
        }
        entries.push_back({name, file.readAll()});
    }
}

} // namespace

QByteArray rawEntry(const RawEntry &entry)
{
    QByteArray text;
    if (!entry.paxRecords.isEmpty()) {
        QByteArray records;
        for (const QByteArray &record : entry.paxRecords) {
            records += paxRecord(record);
        }
        text += rawEntry({"PaxHeader", records, 'x'});
    }
    if (entry.name.size() > kLongestName) {
        text += rawEntry({kLongName, entry.name + '\0', 'L'});
    }
    return text + headerOf(entry) + padded(entry.bytes);
}

QByteArray rawEnd()
{
    return QByteArray(2 * kBlock, '\0');
}

QByteArray rawTar(const std::vector<RawEntry> &entries)
{
    QByteArray text;
    for (const RawEntry &entry : entries) {
        text += rawEntry(entry);
    }
    return text + rawEnd();
}

std::vector<RawEntry> entriesOf(const QString &folder)
{
    std::vector<RawEntry> entries;
    collect(QDir(folder), {}, entries);
    return entries;
}

} // namespace layerpool::test
