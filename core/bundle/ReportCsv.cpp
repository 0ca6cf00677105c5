// SPDX-License-Identifier: Apache-2.0
#include "bundle/ReportCsv.h"

#include "base/Text.h"
#include "bundle/ReportText.h"

#include <algorithm>

namespace layerpool {
namespace {

// What begins so is a formula to spreadsheets, and names may come from anywhere.
bool isFormula(const QString &text)
{
    return !text.isEmpty() && QStringLiteral("=+-@").contains(text.front());
}

QString csvCell(const QString &text)
{
    QString cell = printable(text);
    if (isFormula(cell)) {
        cell.prepend(QLatin1Char('\''));
    }
    const bool isQuoted = std::any_of(cell.begin(), cell.end(), [](QChar each) {
        return each == QLatin1Char(',') || each == QLatin1Char('"') || each.isSpace();
    });
    return isQuoted
               ? QLatin1Char('"') + cell.replace(QLatin1Char('"'), QLatin1String("\"\"")) + QLatin1Char('"')
               : cell;
}

void addCsvRow(QByteArray &csv, const QStringList &row)
{
    QStringList cells;
    std::transform(row.begin(), row.end(), std::back_inserter(cells), csvCell);
    csv += cells.join(QLatin1Char(',')).toUtf8() + "\r\n";
}

QStringList csvHeadings()
{
    return {Text::tr("Image"),
            Text::tr("In the list", "a column: the image as the list of images names it"),
            Text::tr("Digest"),
            Text::tr("Platforms"),
            Text::tr("Created"),
            Text::tr("Bytes", "a column of exact sizes"),
            Text::tr("New bytes", "a column: bytes of an image that the bundle brings"),
            Text::tr("Layers left out", "a column: how many the far side must have"),
            Text::tr("Signatures and attestations"),
            Text::tr("Packed", "a column: whether an image is in the bundle, yes or no"),
            Text::tr("Reason", "a column: why an image is not in the bundle")};
}

QStringList csvRow(const BundleReport::Image &image)
{
    return {image.reference,
            image.line,
            image.digest.toString(),
            platformsText(image),
            image.created.isValid() ? image.created.toUTC().toString(Qt::ISODate) : QString(),
            QString::number(image.bytes),
            QString::number(image.newBytes),
            QString::number(image.leftOutLayers),
            referrersText(image),
            Text::tr("yes", "an image is in the bundle"),
            {}};
}

QStringList csvRow(const Selection::Absent &absent)
{
    QStringList row(csvHeadings().size());
    row.front() = absent.line;
    row[1] = absent.line;
    row[row.size() - 2] = Text::tr("no", "an image is not in the bundle");
    row.back() = reasonText(absent);
    return row;
}

} // namespace

QByteArray reportCsv(const BundleReport &report)
{
    QByteArray csv = "\xef\xbb\xbf"; // by which spreadsheets know that it is UTF-8
    addCsvRow(csv, csvHeadings());
    for (const BundleReport::Image &image : report.images) {
        addCsvRow(csv, csvRow(image));
    }
    for (const Selection::Absent &absent : report.absent) {
        addCsvRow(csv, csvRow(absent));
    }
    return csv;
}

} // namespace layerpool
