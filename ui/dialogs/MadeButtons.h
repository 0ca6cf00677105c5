// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "task/Task.h"

#include <QWidget>

class QHBoxLayout;
class QPushButton;
class QThreadPool;

namespace layerpool {

class Dialogs;
class SpokenLabel;

/// What may be done next with what a task has made: its folder, its report, and that as a PDF.
class MadeButtons final : public QWidget
{
    Q_OBJECT

public:
    /// Dialogs and workers must outlive it.
    MadeButtons(const Made &made, Dialogs &dialogs, QThreadPool &workers, QWidget *parent = nullptr);

private:
    QPushButton *addButton(QHBoxLayout &row, const QString &name, const QString &icon, const QString &text);
    void choosePdf();
    void onPdfChosen(const QString &path);
    void savePdf(const QString &path);

    const Made m_made;
    Dialogs &m_dialogs;
    QThreadPool &m_workers;
    QPushButton *m_pdf = nullptr;
    SpokenLabel *m_said;
};

} // namespace layerpool
