// SPDX-License-Identifier: Apache-2.0
#include "work/SourceChecker.h"

#include "work/Background.h"

namespace layerpool {

SourceChecker::SourceChecker(QThreadPool &workers, QObject *parent) : QObject(parent), m_workers(workers) {}

SourceChecker::~SourceChecker()
{
    m_cancel.cancel();
}

void SourceChecker::check(ListDocument *document, const SourceCheckRequest &request)
{
    m_cancel.cancel();
    m_cancel = CancelToken();
    m_document = document;
    m_progress = std::make_shared<TaskProgress>();
    m_progress->imagesTotal = qint64(request.lines.size());
    runInBackground(
        m_workers, this,
        [request, cancel = m_cancel, progress = m_progress] {
            return checkAtSource(request, {.cancel = cancel, .progress = *progress});
        },
        [this, cancel = m_cancel, lines = request.lines](Result<std::vector<SourceFinding>> findings) {
            if (cancel.isCancelled()) {
                return; // nobody wants to hear of it any more
            }
            if (findings && m_document) {
                take(lines, *std::move(findings));
            }
            end();
            if (!findings) {
                Q_EMIT failed(findings.error());
            }
        });
    Q_EMIT changed();
}

void SourceChecker::take(const std::vector<ListLine> &lines, std::vector<SourceFinding> findings)
{
    SourceFindings byReference;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        byReference.insert(lines[i].reference.toString(),
                           std::make_shared<const SourceFinding>(std::move(findings[i])));
    }
    m_document->setFindings(std::move(byReference));
    Q_EMIT finished(m_document);
}

void SourceChecker::cancel()
{
    m_cancel.cancel();
    end();
}

void SourceChecker::forget(const ListDocument *document)
{
    if (m_document.data() == document) {
        cancel();
    }
}

void SourceChecker::end()
{
    m_progress.reset();
    m_document = nullptr;
    Q_EMIT changed();
}

} // namespace layerpool
