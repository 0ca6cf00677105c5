// SPDX-License-Identifier: Apache-2.0
#include "dialogs/MadeButtons.h"

#include "Icons.h"
#include "Words.h"
#include "dialogs/Dialogs.h"
#include "views/Spacing.h"
#include "views/SpokenLabel.h"
#include "work/Background.h"
#include "work/ReportPdf.h"

#include <QDir>
#include <QFileInfo>
#include <QPushButton>
#include <QVBoxLayout>

namespace layerpool {

MadeButtons::MadeButtons(const Made &made, Dialogs &dialogs, QThreadPool &workers, QWidget *parent)
    : QWidget(parent)
    , m_made(made)
    , m_dialogs(dialogs)
    , m_workers(workers)
    , m_said(new SpokenLabel(QStringLiteral("madeMessage"), this))
{
    auto *row = new QHBoxLayout;
    row->setSpacing(innerSpacing(this));
    connect(
        addButton(*row, QStringLiteral("showFolderButton"), QStringLiteral("folder"), tr("Show in &folder")),
        &QPushButton::clicked, this, [this] { m_dialogs.openOutside(this, m_made.folder); });
    if (!m_made.report.isEmpty()) {
        connect(
            addButton(*row, QStringLiteral("openReportButton"), QStringLiteral("list"), tr("&Open report")),
            &QPushButton::clicked, this, [this] { m_dialogs.openOutside(this, m_made.report); });
        m_pdf = addButton(*row, QStringLiteral("savePdfButton"), QStringLiteral("save-as"),
                          tr("Save report as &PDF…"));
        connect(m_pdf, &QPushButton::clicked, this, &MadeButtons::choosePdf);
    }
    row->addStretch();
    m_said->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(innerSpacing(this));
    layout->addLayout(row);
    layout->addWidget(m_said);
}

QPushButton *MadeButtons::addButton(QHBoxLayout &row, const QString &name, const QString &icon,
                                    const QString &text)
{
    auto *button = new QPushButton(themedIcon(icon), text, this);
    button->setObjectName(name);
    button->setAutoDefault(false);
    row.addWidget(button);
    return button;
}

void MadeButtons::choosePdf()
{
    const QFileInfo page(m_made.report);
    m_dialogs.saveFile(this,
                       {tr("Save the report as PDF"),
                        page.dir().filePath(page.completeBaseName() + QLatin1String(".pdf")),
                        tr("PDF files (*.pdf)")},
                       [this](const QString &path) {
                           const bool hasEnding = path.endsWith(QLatin1String(".pdf"), Qt::CaseInsensitive);
                           onPdfChosen(hasEnding ? path : path + QLatin1String(".pdf"));
                       });
}

void MadeButtons::onPdfChosen(const QString &path)
{
    runInBackground(
        m_workers, this, [path] { return QFileInfo::exists(path); },
        [this, path](bool isThere) {
            if (!isThere) {
                savePdf(path);
                return;
            }
            m_dialogs.ask(this,
                          {tr("The file is there already"),
                           tr("%1 is there already. Replace it?").arg(QDir::toNativeSeparators(path)),
                           tr("&Replace", "what a file holds"), Dialogs::Default::Cancel},
                          [this, path] { savePdf(path); });
        });
}

void MadeButtons::savePdf(const QString &path)
{
    m_pdf->setEnabled(false);
    runInBackground(
        m_workers, this, [page = m_made.report, path] { return saveReportPdf(page, path); },
        [this, path](const Status &saved) {
            m_pdf->setEnabled(true);
            m_said->say(saved ? tr("The report is saved as %1.").arg(QDir::toNativeSeparators(path))
                              : sentenceOf(saved.error()));
        });
}

} // namespace layerpool
