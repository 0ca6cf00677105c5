// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "task/Task.h"

#include <QWidget>

class QHBoxLayout;
class QPushButton;

namespace layerpool {

class Dialogs;
class ReportExport;
class SpokenLabel;

/// What may be done next with what a task has made: its folder, its report, and that as a PDF.
class MadeButtons final : public QWidget
{
    Q_OBJECT

public:
    /// While it is used, the dialogs and reports must be there.
    MadeButtons(const Made &made, Dialogs &dialogs, ReportExport &reports, QWidget *parent = nullptr);

private:
    QPushButton *addButton(QHBoxLayout &row, const QString &name, const QString &icon, const QString &text);
    void openOnClick(QPushButton *button, const QString &path);

    Dialogs &m_dialogs;
    SpokenLabel *m_said;
};

} // namespace layerpool
