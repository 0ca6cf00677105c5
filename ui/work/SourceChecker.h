// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "task/SourceCheck.h"
#include "work/ListDocument.h"

#include <QPointer>

namespace layerpool {

/// Asks the sources for a list's lines in a worker, for one list at a time. The list learns what they say.
class SourceChecker final : public QObject
{
    Q_OBJECT

public:
    /// The workers must outlive it.
    explicit SourceChecker(QThreadPool &workers, QObject *parent = nullptr);
    ~SourceChecker() override;

    /// What it asks for now is left.
    void check(ListDocument *document, const SourceCheckRequest &request);
    void cancel();
    /// The list is no longer open.
    void forget(const ListDocument *document);

    bool isRunning() const { return m_progress != nullptr; }
    /// Null while nothing runs.
    const ListDocument *document() const { return m_document; }
    const TaskProgress *progress() const { return m_progress.get(); }

Q_SIGNALS:
    /// It has begun, or ended.
    void changed();
    /// The list knows what the sources say.
    void finished(layerpool::ListDocument *document);
    void failed(const layerpool::Error &error);

private:
    void take(const std::vector<ListLine> &lines, std::vector<SourceFinding> findings);
    void end();

    QThreadPool &m_workers;
    CancelToken m_cancel;
    std::shared_ptr<TaskProgress> m_progress;
    QPointer<ListDocument> m_document;
};

} // namespace layerpool
