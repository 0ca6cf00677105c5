// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "work/PoolItem.h"

#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QStackedWidget>
#include <QTimer>
#include <QToolButton>

#include <memory>
#include <utility>
#include <vector>

namespace layerpool {

class Actions;
class EmptyPage;
class PaneHeading;
class PoolTreeView;
class PoolView;
class PoolIndex;
class Workspace;

/// The open pool in one of its views, with the filter that all of them share.
class PoolPane final : public QWidget
{
    Q_OBJECT

public:
    /// The workspace must outlive the pane.
    PoolPane(Workspace &workspace, const Actions &actions, QWidget *parent = nullptr);

    /// The name of its button, and back; of another name, nothing.
    QString chosenView() const;
    void chooseView(const QString &name);
    /// What is open in its views, each with the name of the view's button in front, and back.
    QStringList opened() const;
    void open(const QStringList &rows);

Q_SIGNALS:
    void currentChanged(const layerpool::PoolItem &item);

private:
    QWidget *makeHeading();
    QLabel *makeReadOnly(QWidget *heading);
    void showReadOnly();
    void setUpBusyLine();
    void followReading();
    std::shared_ptr<const PoolIndex> inSight() const;
    void addView(PoolView *view, const QString &name, const QString &tip, const char *objectName);
    void choose(PoolView *view);
    /// Shows the image, `repository:tag`, in the tree; lifts the filter where that hides it.
    void goToImage(const QString &reference);
    void onPoolReading(const QString &path);
    void look();
    void showPool();
    void showPage();
    void goWhereWanted();

    Workspace &m_workspace;
    PaneHeading *m_name = nullptr;
    QLabel *m_readOnly = nullptr;
    QLineEdit *m_filter;
    QWidget *m_switch = nullptr;
    QProgressBar *m_busy; ///< a line, while a pool is read for longer than a moment
    QTimer m_busySoon;
    QStackedWidget *m_pages;
    PoolTreeView *m_tree;
    std::vector<std::pair<QString, PoolView *>> m_views; ///< by the names of their buttons
    PoolView *m_view = nullptr;                          ///< the chosen one
    EmptyPage *m_noPool;
    QString m_path; ///< of the pool in sight
    EmptyPage *m_noImages;
    EmptyPage *m_noMatch;
    EmptyPage *m_reading;
    QString m_wanted; ///< image to be gone to when the tree has its rows
};

} // namespace layerpool
