// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "task/Task.h"

#include <QDialog>

class QVBoxLayout;

namespace layerpool {

class Dialogs;
class ReportExport;

/// How a task ended: what went wrong first, then what was done in numbers, what is worth keeping beside it,
/// what next with what it has made, and, after a push, the settings for the machines at its target. A value
/// of its own: the task may be cleared meanwhile.
class ResultDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `details` is what Copy details copies. While it is used, the dialogs and reports must be there.
    ResultDialog(const QString &title, const TaskResult &result, const QString &details, bool canRetry,
                 Dialogs &dialogs, ReportExport &reports, QWidget *parent = nullptr);

Q_SIGNALS:
    void retryWanted();

private:
    void addProblems(const TaskResult &result, QVBoxLayout &layout);
    void addNumbers(const TaskResult &result, QVBoxLayout &layout);
    void addSettings(const TaskResult &result, QVBoxLayout &layout);
    QWidget *makeButtons(const QString &details, bool canRetry);
};

} // namespace layerpool
