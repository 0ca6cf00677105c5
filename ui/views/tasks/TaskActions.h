// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAction>
#include <QObject>

#include <span>

namespace layerpool {

class TaskTree;

/// What is done with the rows of the task tree, made of a table: for the Tasks menu, and for the tree's own.
class TaskActions final : public QObject
{
    Q_OBJECT

public:
    /// Adds them to the tree, which must outlive them.
    explicit TaskActions(TaskTree &tree, QObject *parent = nullptr);

    const QList<QAction *> &all() const { return m_actions; }

private:
    struct Spec;
    static std::span<const Spec> specs();
    void refresh();

    TaskTree &m_tree;
    QList<QAction *> m_actions;
};

} // namespace layerpool
