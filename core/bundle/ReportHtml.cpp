// SPDX-License-Identifier: Apache-2.0
#include "bundle/ReportHtml.h"

#include "base/Text.h"
#include "bundle/BundleSidecars.h"
#include "bundle/ReportText.h"

#include <QLocale>

namespace layerpool {
namespace {

// The policy lets nothing in, should a browser be talked into it after all. What Qt's text documents know of
// HTML and CSS makes the PDF: lengths in pixels around text, and widths as attributes.
const QString kPage = QStringLiteral(R"(<!DOCTYPE html>
<html lang="%1">
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="color-scheme" content="light"/>
<title>%2</title>
<style>
@page { size: A4; margin: 15mm 12mm; }
body { font-family: sans-serif; font-size: 10pt; line-height: 1.35; color: #1a1a1a; background: #ffffff; }
main { max-width: 70em; margin: 0 auto; }
h1 { font-size: 16pt; margin: 0 0 8pt 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; margin: 14pt 0 6pt 0; }
caption { font-size: 12pt; font-weight: bold; text-align: left; padding: 4px 0; margin: 14px 0 0 0; break-after: avoid; }
thead { display: table-header-group; }
tr { break-inside: avoid; page-break-inside: avoid; }
th, td { border-bottom: 1px solid #c8c8c8; padding: 4px 8px; text-align: left; vertical-align: top; }
thead th { background: #eef1f4; border-bottom: 1px solid #8a8a8a; }
tbody th { font-weight: normal; overflow-wrap: anywhere; }
.number { text-align: right; }
td.number { white-space: nowrap; }
code { font-family: monospace; font-size: 8pt; color: #444444; overflow-wrap: anywhere; }
</style>
</head>
<body>
<main>
<h1>%2</h1>
)");
const QString kPageEnd = QStringLiteral("</main>\n</body>\n</html>\n");

struct ReportColumn
{
    QString heading;
    int width; ///< of 100
    bool isNumber = false;
};

/// Of what the program says: words, dates and sizes.
QString wordsMarkup(const QString &text)
{
    return text.toHtmlEscaped();
}

/// Of what comes from elsewhere, and may be hostile.
QString nameMarkup(const QString &text)
{
    return printable(text).toHtmlEscaped();
}

QString codeMarkup(const QString &text)
{
    return QStringLiteral("<code>") + nameMarkup(text) + QStringLiteral("</code>");
}

/// What is told of each row stands in its first cell, as its header. Cells are markup.
class ReportTable
{
public:
    ReportTable(const QString &caption, std::vector<ReportColumn> columns) : m_columns(std::move(columns))
    {
        m_text = QStringLiteral("<table width=\"100%\" cellspacing=\"0\">\n<caption>") +
                 wordsMarkup(caption) + QStringLiteral("</caption>\n<thead><tr>");
        for (const ReportColumn &column : m_columns) {
            m_text += QStringLiteral("<th scope=\"col\" width=\"%1%\"").arg(column.width) + styleOf(column) +
                      QLatin1Char('>') + wordsMarkup(column.heading) + QStringLiteral("</th>");
        }
        m_text += QStringLiteral("</tr></thead>\n<tbody>\n");
    }

    void add(const QStringList &cells)
    {
        m_text += QStringLiteral("<tr><th scope=\"row\">") + cells.front() + QStringLiteral("</th>");
        for (qsizetype i = 1; i < cells.size(); ++i) {
            m_text += QStringLiteral("<td") + styleOf(m_columns[std::size_t(i)]) + QLatin1Char('>') +
                      cells[i] + QStringLiteral("</td>");
        }
        m_text += QStringLiteral("</tr>\n");
    }

    QString take() { return std::move(m_text) + QStringLiteral("</tbody>\n</table>\n"); }

private:
    static QString styleOf(const ReportColumn &column)
    {
        return column.isNumber ? QStringLiteral(" class=\"number\"") : QString();
    }

    std::vector<ReportColumn> m_columns;
    QString m_text;
};

QString countMarkup(qint64 count)
{
    return wordsMarkup(QLocale().toString(count));
}

QString paragraphMarkup(const QString &text)
{
    return QStringLiteral("<p>") + nameMarkup(text) + QStringLiteral("</p>\n");
}

QString baseMarkup(const BundleReport &report)
{
    QStringList ids;
    for (const Digest &id : report.base) {
        ids << codeMarkup(id.toString());
    }
    return ids.join(QStringLiteral("<br/>"));
}

QString toolMarkup(const BundleTool &tool)
{
    return nameMarkup(QStringLiteral("%1, %2").arg(QString::fromLatin1(tool.name), formatBytes(tool.bytes))) +
           QStringLiteral("<br/>") + codeMarkup(tool.digest.toString());
}

QString factsTable(const BundleReport &report)
{
    ReportTable table(Text::tr("Summary"), {{Text::tr("What", "a column: what is told of a bundle"), 38},
                                            {Text::tr("Value"), 62}});
    const auto add = [&](const QString &name, const QString &value) {
        table.add({wordsMarkup(name), value});
    };
    add(Text::tr("Bundle"), nameMarkup(report.name));
    add(Text::tr("Made", "when a bundle was made"),
        wordsMarkup(QLocale().toString(report.made.toLocalTime(), QLocale::LongFormat)));
    add(Text::tr("Pool"), nameMarkup(report.pool));
    add(Text::tr("Contents", "what a bundle was made of: a list's name, say"), nameMarkup(report.contents));
    add(Text::tr("Format", "of a bundle: tar, zip"), wordsMarkup(nameOf(report.format)));
    add(Text::tr("Digest of its index"), codeMarkup(report.id.toString()));
    add(Text::tr("Signed by the key"), report.signer.isEmpty()
                                           ? wordsMarkup(Text::tr("none: it is not signed", "a bundle's key"))
                                           : codeMarkup(report.signer));
    add(Text::tr("Images"), countMarkup(static_cast<qint64>(report.images.size())));
    add(Text::tr("Signatures and attestations"), countMarkup(report.referrers));
    add(Text::tr("Images that could not be packed"), countMarkup(static_cast<qint64>(report.absent.size())));
    add(Text::tr("Size of the images, shared layers once"), wordsMarkup(formatBytes(report.bytes)));
    if (report.isDifferential()) {
        add(Text::tr("Of these, in the bundle"), wordsMarkup(formatBytes(report.newBytes)));
        add(Text::tr("Layers left out, which the far side must have"), countMarkup(report.leftOutLayers));
        add(Text::tr("Images left out, which the far side has as they are"), countMarkup(report.unchanged));
        add(Text::tr("Inventories of the far side, by their digests"), baseMarkup(report));
    }
    if (report.tool) {
        add(Text::tr("Program for the far side"), toolMarkup(*report.tool));
    }
    add(Text::tr("Size of the files"), wordsMarkup(formatBytes(report.fileBytes())));
    return table.take();
}

QString filesTable(const BundleReport &report)
{
    ReportTable table(Text::tr("Files"), {{Text::tr("File"), 24},
                                          {Text::tr("Bytes", "a column of exact sizes"), 16, true},
                                          {QStringLiteral("SHA-256"), 60}});
    for (const BundleOutput::File &file : report.files) {
        table.add({nameMarkup(file.name), countMarkup(file.bytes),
                   codeMarkup(QString::fromLatin1(file.digest.hex()))});
    }
    QString checks = paragraphMarkup(
        Text::tr("Check a copy of it with: sha256sum -c %1", "a file's name").arg(sumsPathOf(report.name)));
    if (!report.signer.isEmpty()) {
        checks += paragraphMarkup(Text::tr("Check who has signed it with: minisign -Vm %1 -p KEY.pub, where "
                                           "KEY.pub is the public key %2",
                                           "a file's name, a key's number")
                                      .arg(sumsPathOf(report.name), report.signer));
    }
    return table.take() + checks;
}

QString imageMarkup(const BundleReport::Image &image)
{
    const QString name =
        nameMarkup(image.reference) + QStringLiteral("<br/>") + codeMarkup(image.digest.toString());
    return image.line == image.reference
               ? name
               : name + QStringLiteral("<br/>") +
                     nameMarkup(Text::tr("In the list: %1", "an image as the list of images names it")
                                    .arg(image.line));
}

QString imagesTable(const BundleReport &report)
{
    // On A4 each has room for its longest word.
    std::vector<ReportColumn> columns{{Text::tr("Image"), report.isDifferential() ? 29 : 46},
                                      {Text::tr("Platforms"), 14},
                                      {Text::tr("Created"), 13},
                                      {Text::tr("Signatures and attestations"), 15},
                                      {Text::tr("Size"), 10, true}};
    if (report.isDifferential()) {
        columns.push_back({Text::tr("New", "a column: bytes of an image that the bundle brings"), 10, true});
        columns.push_back(
            {Text::tr("Layers left out", "a column: how many the far side must have"), 9, true});
    }
    ReportTable table(Text::tr("Images"), std::move(columns));
    for (const BundleReport::Image &image : report.images) {
        QStringList cells{imageMarkup(image), nameMarkup(platformsText(image)),
                          wordsMarkup(QLocale().toString(image.created.date(), QLocale::ShortFormat)),
                          wordsMarkup(referrersText(image)), wordsMarkup(formatBytes(image.bytes))};
        if (report.isDifferential()) {
            cells << wordsMarkup(formatBytes(image.newBytes)) << countMarkup(image.leftOutLayers);
        }
        table.add(cells);
    }
    return table.take() +
           paragraphMarkup(
               Text::tr("Signatures are listed as they were found. Whether they are good was not checked."));
}

QString absentTable(const BundleReport &report)
{
    ReportTable table(
        Text::tr("Images that could not be packed"),
        {{Text::tr("Image"), 38}, {Text::tr("Reason", "a column: why an image is not in the bundle"), 62}});
    for (const Selection::Absent &absent : report.absent) {
        table.add({nameMarkup(absent.line), nameMarkup(reasonText(absent))});
    }
    return table.take();
}

} // namespace

QByteArray reportHtml(const BundleReport &report)
{
    const QString language =
        Text::tr("en", "the code of this language for a web page: zh-CN for simplified Chinese");
    QString page = kPage.arg(wordsMarkup(language),
                             nameMarkup(Text::tr("Transfer of %1", "a bundle's name").arg(report.name)));
    page += factsTable(report);
    if (!report.absent.empty()) {
        page += absentTable(report);
    }
    page += filesTable(report);
    page += imagesTable(report);
    return (page + kPageEnd).toUtf8();
}

} // namespace layerpool
