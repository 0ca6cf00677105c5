// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/Roles.h"
#include "work/TaskChildren.h"
#include "work/TaskRow.h"
#include "work/Workspace.h"

#include <QAbstractItemModel>
#include <QElapsedTimer>
#include <QTimer>

#include <vector>

namespace layerpool {

/// The session's tasks: first those that are not over, in the order of the queue, then the others, the newest
/// on top. Below a task its images, what failed in it first; below an image the blobs that it waits for, or
/// why it failed. While tasks run their progress is sampled ten times a second, and told of the tasks alone;
/// the numbers of what is below change with its task, are read when they are asked for, and kept nowhere.
class TaskModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { Title, State, Progress, Amount, Speed, Buttons, ColumnCount };
    using Phase = TaskRow::Phase;

    /// The workspace must outlive the model.
    explicit TaskModel(Workspace &workspace, QObject *parent = nullptr);

    bool isTask(const QModelIndex &index) const { return index.isValid() && index.internalId() == 0; }
    /// The row of a task, or of the task that something is below of.
    QModelIndex taskOf(const QModelIndex &index) const;
    /// An image that failed, or what says why.
    bool isFailure(const QModelIndex &index) const;
    TaskId idOf(const QModelIndex &task) const { return rowOf(task).id; }
    Verb verbOf(const QModelIndex &task) const { return m_workspace.verbOf(rowOf(task).id); }
    Phase phaseOf(const QModelIndex &task) const { return rowOf(task).phase; }
    QString titleOf(const QModelIndex &task) const { return rowOf(task).title; }
    /// The lines of the images that failed, or that a run which broke off did not come to: to be run again.
    QStringList failedImages(const QModelIndex &task) const;
    /// Of a row below a task: the line of its image, where that failed.
    QString failedImage(const QModelIndex &index) const;
    /// Whether something went wrong that a new run may mend.
    bool canRetry(const QModelIndex &task) const;
    /// Null while it is not over.
    const TaskResult *resultOf(const QModelIndex &task) const;
    /// Null where there is nothing to look at.
    const Made *madeBy(const QModelIndex &task) const;
    bool hasFinished() const;
    void removeFinished();
    void remove(const QModelIndex &task);

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void taskFinished(const QModelIndex &task);
    /// And with it what can be done with the task. Its numbers alone are no phase.
    void phaseChanged(const QModelIndex &task);

private:
    const TaskRow &rowOf(const QModelIndex &task) const { return m_tasks[std::size_t(task.row())].row; }
    int placeOf(TaskId id) const;
    int nodeOf(const QModelIndex &image) const;
    int childCount(const TaskEntry &task, int node) const;
    QModelIndex imageIndex(int place, int node) const;

    void onQueued(TaskId id, const QString &title);
    void onStarted(TaskId id);
    void onStateChanged(TaskId id);
    void onMoved(TaskId id, int from, int to);
    void onReported(TaskId id, const TaskEvent &event);
    void onFinished(TaskId id, const TaskResult &result);
    void moveTask(int from, int to);
    void removeAt(int place);
    void takeWork(int place, std::shared_ptr<const TaskWork> work);
    void clearChildren(int place);
    void addTrouble(int place, const QString &image, const Error &error);
    void failImage(int place, int node, const Error &error);
    void sample();
    void stopSampling();
    void tellChanged(int place);
    void tellPhase(int place);
    const TaskChildren &childrenOf(const QModelIndex &index) const;

    Workspace &m_workspace;
    std::vector<TaskEntry> m_tasks;
    QTimer m_sampler;
    QElapsedTimer m_clock;
};

} // namespace layerpool
