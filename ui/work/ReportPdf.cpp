// SPDX-License-Identifier: Apache-2.0
#include "work/ReportPdf.h"

#include "base/ReplaceFile.h"
#include "base/Text.h"

#include <QAbstractTextDocumentLayout>
#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QPainter>
#include <QPdfWriter>
#include <QTextDocument>

namespace layerpool {
namespace {

// The page is laid out a little wider than the paper, as browsers do, and drawn smaller: its widest table has
// room then. Lengths are pixels of such a page.
constexpr qreal kPageWidth = 800;
constexpr qreal kFootHeight = 24;
constexpr int kFootFont = 11;
constexpr qreal kMarginMillimeters = 15;

// Whatever screen the program runs on, or none: a page is always laid out alike.
QImage layoutDevice()
{
    constexpr int dotsPerMeter = 3780; // 96 an inch
    QImage device(1, 1, QImage::Format_RGB32);
    device.setDotsPerMeterX(dotsPerMeter);
    device.setDotsPerMeterY(dotsPerMeter);
    return device;
}

// A digest is broken where the line ends, and a word only where it has no room.
void layOut(QTextDocument &document, const QString &html, QImage &device)
{
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    document.setDefaultTextOption(option);
    document.setDocumentMargin(0);
    document.documentLayout()->setPaintDevice(&device);
    document.setHtml(html);
}

void drawPages(QTextDocument &document, const QSizeF &size, QPdfWriter &writer, QPainter &painter)
{
    QFont font = document.defaultFont();
    font.setPixelSize(kFootFont);
    painter.setFont(font);
    const int count = document.pageCount();
    for (int page = 0; page < count; ++page) {
        if (page > 0) {
            writer.newPage();
        }
        const QRectF part(QPointF(0, page * size.height()), size);
        painter.save();
        painter.translate(0, -part.top());
        document.drawContents(&painter, part);
        painter.restore();
        painter.drawText(
            QRectF(0, size.height(), size.width(), kFootHeight), Qt::AlignRight | Qt::AlignBottom,
            Text::tr("%1 / %2", "the number of a page, how many there are").arg(page + 1).arg(count));
    }
}

} // namespace

QByteArray reportPdf(const QString &html)
{
    QImage device = layoutDevice(); // the document's layout keeps it
    QTextDocument document;
    layOut(document, html, device);
    QByteArray pdf;
    QBuffer buffer(&pdf);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    const QMarginsF margins(kMarginMillimeters, kMarginMillimeters, kMarginMillimeters, kMarginMillimeters);
    writer.setPageLayout(
        QPageLayout(QPageSize(QPageSize::A4), QPageLayout::Portrait, margins, QPageLayout::Millimeter));
    writer.setTitle(document.metaInformation(QTextDocument::DocumentTitle));
    writer.setCreator(QStringLiteral("Layerpool"));
    QPainter painter(&writer);
    const qreal scale = writer.width() / kPageWidth;
    const QSizeF size(kPageWidth, writer.height() / scale - kFootHeight);
    document.setPageSize(size);
    painter.scale(scale, scale);
    drawPages(document, size, writer, painter);
    painter.end();
    return pdf;
}

Status saveReportPdf(const QString &page, const QString &pdf)
{
    QFile file(page);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{ErrorKind::Storage,
                     Text::tr("Cannot read %1").arg(QDir::toNativeSeparators(page)),
                     file.errorString(),
                     {}};
    }
    return replaceFile(pdf, reportPdf(QString::fromUtf8(file.readAll())));
}

} // namespace layerpool
