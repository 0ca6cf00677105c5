// SPDX-License-Identifier: Apache-2.0
#include "views/TaskButtons.h"

#include "Icons.h"

#include <QHBoxLayout>

namespace layerpool {

TaskButtons::TaskButtons(const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_cancel(makeButton(QStringLiteral("taskCancelButton"), QStringLiteral("cancel"), tr("Cancel"), title))
    , m_retry(
          makeButton(QStringLiteral("taskRetryButton"), QStringLiteral("retry"), tr("Retry failed"), title))
    , m_details(makeButton(QStringLiteral("taskDetailsButton"), QStringLiteral("info"), tr("Details"), title))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_cancel);
    layout->addWidget(m_retry);
    layout->addWidget(m_details);
    layout->addStretch();
    connect(m_cancel, &QToolButton::clicked, this, &TaskButtons::cancelClicked);
    connect(m_retry, &QToolButton::clicked, this, &TaskButtons::retryClicked);
    connect(m_details, &QToolButton::clicked, this, &TaskButtons::detailsClicked);
}

QToolButton *TaskButtons::makeButton(const QString &name, const QString &icon, const QString &text,
                                     const QString &title)
{
    auto *button = new QToolButton(this);
    button->setObjectName(name);
    button->setAutoRaise(true);
    button->setIcon(themedIcon(icon));
    button->setText(text);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setAccessibleName(tr("%1: %2", "a button's words, a task's title").arg(text, title));
    return button;
}

void TaskButtons::show(TaskModel::Phase phase, bool canRetry)
{
    const bool isOver = phase == TaskModel::Phase::Done || phase == TaskModel::Phase::Stopped;
    m_cancel->setVisible(!isOver);
    m_retry->setVisible(isOver && canRetry);
    m_details->setVisible(isOver);
}

} // namespace layerpool
