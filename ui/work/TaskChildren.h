// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Error.h"
#include "task/TaskWork.h"
#include "work/TaskRow.h"

#include <QHash>
#include <QSet>

#include <memory>
#include <vector>

namespace layerpool {

/// What stands below a task: what failed in it first, in the order in which it did, then its images in
/// theirs. Each is a node with a number of its own that stays when rows move: an image of the work has its
/// place there, whatever else went wrong comes after those. Memory: two numbers an image, and what went
/// wrong.
class TaskChildren
{
public:
    struct Trouble
    {
        QString image; ///< empty where it concerns all
        Error error;
    };

    int count() const { return int(m_order.size()); }
    int failedCount() const { return m_failed; }
    int nodeAt(int row) const { return m_order[std::size_t(row)]; }
    /// Below zero where there is no such node.
    int rowOf(int node) const;
    bool isImage(int node) const { return m_work && node < int(m_work->imageCount()); }

    /// Null: it is not known, or the task has none.
    const TaskWork *work() const { return m_work.get(); }
    /// In place of all that was there.
    void setWork(std::shared_ptr<const TaskWork> work);

    /// Null where it has not failed.
    const Trouble *troubleOf(int node) const;
    bool isKnown(const QString &image, const Error &error) const;
    /// The image's node, while it has not failed; else none.
    std::optional<int> nodeOf(const QString &image) const;
    /// In three steps, as a model has to tell them: its parts go, the image moves to the end of what failed,
    /// and says why.
    void drop(int node) { m_dropped = node; }
    void raise(int node);
    void fail(int node, const Error &error);
    bool isDropped(int node) const { return node == m_dropped; }
    /// Something else that went wrong comes to the end of what failed.
    void add(const QString &image, const Error &error);
    /// What failed, in its order.
    std::vector<Trouble> troubles() const;

private:
    /// Of the rows from the first to before the end.
    void renumber(int first, int end);

    std::shared_ptr<const TaskWork> m_work;
    std::vector<int> m_order;
    std::vector<int> m_rows; ///< by node
    QHash<int, Trouble> m_troubles;
    QSet<QString> m_known; ///< what `isKnown` tells them by
    int m_failed = 0;
    int m_dropped = -1; ///< on its way to fail
};

/// A task and what stands below it.
struct TaskEntry
{
    TaskRow row;
    TaskChildren children;
};

/// Its parts that say something: what happened, why, what to try.
QStringList partsOf(const Error &error);
int partCount(const Error &error);

} // namespace layerpool
