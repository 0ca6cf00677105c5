// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/TaskModel.h"

#include <QToolButton>

namespace layerpool {

/// The buttons at the end of a task's row: cancel while it works; retry and details when it is over.
class TaskButtons final : public QWidget
{
    Q_OBJECT

public:
    TaskButtons(const QString &title, QWidget *parent = nullptr);

    void show(TaskModel::Phase phase, bool canRetry);

Q_SIGNALS:
    void cancelClicked();
    void retryClicked();
    void detailsClicked();

private:
    QToolButton *makeButton(const QString &name, const QString &icon, const QString &text,
                            const QString &title);

    QToolButton *m_cancel;
    QToolButton *m_retry;
    QToolButton *m_details;
};

} // namespace layerpool
