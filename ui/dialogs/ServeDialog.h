// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "serve/PoolServer.h"
#include "work/Newest.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>

namespace layerpool {

class NoticeLine;
class PoolIndex;
class PoolTicks;
class Settings;
class Workspace;

/// Starts and stops the machine's own registry over the pool, says how its images are pulled, and shows its
/// log. Serving goes on when this is closed.
class ServeDialog final : public QDialog
{
    Q_OBJECT

public:
    /// All but the parent must outlive it.
    ServeDialog(Workspace &workspace, Settings &settings, QWidget *parent);

    void present();

private:
    QLayout *makeForm();
    QLayout *makePull();
    QLayout *makeLog();
    void follow();
    void start();
    void refresh();
    void showError(const Error &error);
    void takePool();
    void askForCommands();
    void addLine(const QString &line);

    Workspace &m_workspace;
    Settings &m_settings;
    std::shared_ptr<const PoolIndex> m_served; ///< or would be
    Newest m_commands;
    QLabel *m_pool;
    QSpinBox *m_port;
    QPushButton *m_start;
    QPushButton *m_stop;
    NoticeLine *m_state;
    QLabel *m_pullLabel;
    QComboBox *m_tool;
    QPlainTextEdit *m_pull;
    QPushButton *m_copy;
    QCheckBox *m_follow;
    QPlainTextEdit *m_log;
    bool m_hasFailed = false;
};

} // namespace layerpool
