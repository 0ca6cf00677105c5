// SPDX-License-Identifier: Apache-2.0
#include "views/tasks/TaskButtons.h"

#include "Icons.h"

#include <QHBoxLayout>

namespace layerpool {

TaskButtons::TaskButtons(const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_title(title)
    , m_pause(makeButton(QStringLiteral("taskPauseButton"), QStringLiteral("pause"), tr("Pause"), title))
    , m_cancel(makeButton(QStringLiteral("taskCancelButton"), QStringLiteral("cancel"), tr("Cancel"), title))
    , m_retry(
          makeButton(QStringLiteral("taskRetryButton"), QStringLiteral("retry"), tr("Retry failed"), title))
    , m_folder(makeButton(QStringLiteral("taskFolderButton"), QStringLiteral("folder"),
                          tr("Show", "in its folder, what a task has made"), title))
    , m_report(makeButton(QStringLiteral("taskReportButton"), QStringLiteral("list"),
                          tr("Report", "of a bundle"), title))
    , m_details(makeButton(QStringLiteral("taskDetailsButton"), QStringLiteral("info"), tr("Details"), title))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_pause);
    layout->addWidget(m_cancel);
    layout->addWidget(m_retry);
    layout->addWidget(m_folder);
    layout->addWidget(m_report);
    layout->addWidget(m_details);
    layout->addStretch();
    m_folder->setToolTip(tr("Show in its folder what the task has made"));
    m_report->setToolTip(tr("Open the report of the bundle"));
    connect(m_pause, &QToolButton::clicked, this, &TaskButtons::pauseClicked);
    connect(m_cancel, &QToolButton::clicked, this, &TaskButtons::cancelClicked);
    connect(m_retry, &QToolButton::clicked, this, &TaskButtons::retryClicked);
    connect(m_folder, &QToolButton::clicked, this, &TaskButtons::folderClicked);
    connect(m_report, &QToolButton::clicked, this, &TaskButtons::reportClicked);
    connect(m_details, &QToolButton::clicked, this, &TaskButtons::detailsClicked);
}

QToolButton *TaskButtons::makeButton(const QString &name, const QString &icon, const QString &text,
                                     const QString &title)
{
    auto *button = new QToolButton(this);
    button->setObjectName(name);
    button->setAutoRaise(true);
    button->setIcon(themedIcon(icon));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setWords(button, text, title);
    return button;
}

void TaskButtons::setWords(QToolButton *button, const QString &text, const QString &title)
{
    button->setText(text);
    button->setAccessibleName(tr("%1: %2", "a button's words, a task's title").arg(text, title));
}

void TaskButtons::follow(TaskModel::Phase phase, bool canPause, bool canRetry, const Made *made)
{
    using Phase = TaskModel::Phase;
    const bool isOver = phase == Phase::Done || phase == Phase::Stopped;
    const bool isHeld = phase == Phase::Paused || phase == Phase::Pausing;
    const QString words = isHeld ? tr("Resume") : tr("Pause");
    if (m_pause->text() != words) {
        setWords(m_pause, words, m_title);
        m_pause->setIcon(themedIcon(isHeld ? QStringLiteral("running") : QStringLiteral("pause")));
    }
    m_pause->setVisible(!isOver);
    m_pause->setEnabled(canPause || isHeld);
    m_cancel->setVisible(!isOver);
    m_cancel->setEnabled(phase != Phase::Cancelling);
    m_retry->setVisible(isOver && canRetry);
    m_folder->setVisible(made != nullptr);
    m_report->setVisible(made != nullptr && !made->report.isEmpty());
    m_details->setVisible(isOver);
}

} // namespace layerpool
