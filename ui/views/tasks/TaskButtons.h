// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/TaskModel.h"

#include <QToolButton>

namespace layerpool {

/// The buttons at the end of a task's row: pause or resume, and cancel, while it is not over; then retry,
/// what it has made, and details.
class TaskButtons final : public QWidget
{
    Q_OBJECT

public:
    TaskButtons(const QString &title, QWidget *parent = nullptr);

    /// `made` is null where there is nothing to look at.
    void follow(TaskModel::Phase phase, bool canPause, bool canRetry, const Made *made);

Q_SIGNALS:
    /// Or resume, whichever it says.
    void pauseClicked();
    void cancelClicked();
    void retryClicked();
    void folderClicked();
    void reportClicked();
    void detailsClicked();

private:
    QToolButton *makeButton(const QString &name, const QString &icon, const QString &text,
                            const QString &title);
    static void setWords(QToolButton *button, const QString &text, const QString &title);

    QString m_title;
    QToolButton *m_pause;
    QToolButton *m_cancel;
    QToolButton *m_retry;
    QToolButton *m_folder;
    QToolButton *m_report;
    QToolButton *m_details;
};

} // namespace layerpool
