// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Error.h"
#include "models/LogModel.h"
#include "work/TaskLog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QThreadPool>
#include <QTreeView>

#include <functional>

namespace layerpool {

class Dialogs;

/// What has happened in the session, line by line: filtered, followed, saved.
class LogPane final : public QWidget
{
    Q_OBJECT

public:
    /// All must outlive it.
    LogPane(TaskLog &log, LogModel &lines, Dialogs &dialogs, QThreadPool &workers, QWidget *parent = nullptr);

Q_SIGNALS:
    void saveFailed(const layerpool::Error &error);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *makeTools();
    void setUpLines();
    void onTold();
    void refilter(const std::function<void()> &filter);
    void onScrolled();
    void follow(bool isFollowing);
    void save();

    Dialogs &m_dialogs;
    QThreadPool &m_workers;
    TaskLog &m_log;
    LogFilter m_filtered;
    QTreeView *m_lines;
    QLineEdit *m_filter = nullptr;
    QComboBox *m_level = nullptr;
    QCheckBox *m_follow = nullptr;
    QPushButton *m_save = nullptr;
};

} // namespace layerpool
