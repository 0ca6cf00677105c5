// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QVBoxLayout>
#include <QWidget>

namespace layerpool {

class Actions;
class Recent;
class Workspace;

/// The first start: what Layerpool is, where to begin, and what was open of late.
class WelcomePage final : public QWidget
{
    Q_OBJECT

public:
    /// The first three must outlive the page.
    WelcomePage(const Actions &actions, Recent &recent, Workspace &workspace, QWidget *parent = nullptr);

private:
    QLayout *makeButtons(const Actions &actions);
    QLayout *makeRecent();
    void showRecent();
    void fill(QVBoxLayout *column, const QString &title, const QStringList &paths, const QString &icon);
    void open(const QString &path, bool isPool);

    Recent &m_recent;
    Workspace &m_workspace;
    QVBoxLayout *m_lists = nullptr;
    QVBoxLayout *m_pools = nullptr;
};

} // namespace layerpool
