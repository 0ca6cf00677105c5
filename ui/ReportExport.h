// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Error.h"

#include <QObject>

#include <functional>

class QThreadPool;
class QWidget;

namespace layerpool {

class Dialogs;

/// Saves the report of a bundle as a PDF: asks where to, and whether to replace a file that is there.
class ReportExport final : public QObject
{
    Q_OBJECT

public:
    using Say = std::function<void(const QString &sentence)>;

    /// All must outlive it; the window is the parent of the dialogs.
    ReportExport(Dialogs &dialogs, QThreadPool &workers, QWidget &window);

    /// Of the report's page. The asker is told how far it is and what came of it; where it is not seen any
    /// more by then, the window is.
    void run(QWidget &asker, const QString &page, const Say &say);

Q_SIGNALS:
    /// What came of it, as a sentence.
    void told(const QString &text);
    void failed(const layerpool::Error &error);

private:
    Dialogs &m_dialogs;
    QThreadPool &m_workers;
    QWidget &m_window;
};

} // namespace layerpool
