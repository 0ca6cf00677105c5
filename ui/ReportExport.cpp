// SPDX-License-Identifier: Apache-2.0
#include "ReportExport.h"

#include "Words.h"
#include "dialogs/NewFile.h"
#include "work/Background.h"
#include "work/ReportPdf.h"

#include <QDir>
#include <QFileInfo>
#include <QPointer>

namespace layerpool {

ReportExport::ReportExport(Dialogs &dialogs, QThreadPool &workers, QWidget &window)
    : QObject(&window), m_dialogs(dialogs), m_workers(workers), m_window(window)
{
}

void ReportExport::run(QWidget &asker, const QString &page, const Say &say)
{
    const QFileInfo report(page);
    const auto tell = [asking = QPointer(&asker), say](const QString &sentence) {
        const bool isSeen = asking && asking->isVisible();
        if (isSeen) {
            say(sentence);
        }
        return isSeen;
    };
    const auto save = [this, page, tell](const QString &path, bool) {
        tell(tr("The report is being saved…"));
        runInBackground(
            m_workers, this, [page, path] { return saveReportPdf(page, path); },
            [this, path, tell](const Status &saved) {
                const QString done = tr("The report is saved as %1.").arg(QDir::toNativeSeparators(path));
                if (tell(saved ? done : sentenceOf(saved.error()))) {
                    return;
                }
                if (saved) {
                    Q_EMIT told(done);
                } else {
                    Q_EMIT failed(saved.error());
                }
            });
    };
    // Its name tells it from that of another result, which may be asked for at the same time.
    askForFileToReplace(
        m_dialogs, m_workers, &m_window,
        {{tr("Save %1 as PDF", "the page of a report").arg(report.fileName()),
          report.dir().filePath(report.completeBaseName() + QLatin1String(".pdf")), tr("PDF files (*.pdf)")},
         {QStringLiteral(".pdf")}},
        save);
}

} // namespace layerpool
