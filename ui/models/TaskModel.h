// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/Roles.h"
#include "models/SpeedMeter.h"
#include "work/Workspace.h"

#include <QAbstractItemModel>
#include <QElapsedTimer>
#include <QTimer>

#include <optional>
#include <vector>

namespace layerpool {

/// The session's tasks, the newest on top, and below each what went wrong in it. While tasks run, their
/// progress is sampled ten times a second; else nothing ticks.
class TaskModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { Title, State, Progress, Amount, Speed, Buttons, ColumnCount };
    enum class Phase { Waiting, Running, Done, Stopped };

    /// The workspace must outlive the model.
    explicit TaskModel(Workspace &workspace, QObject *parent = nullptr);

    bool isTask(const QModelIndex &index) const { return index.isValid() && index.internalId() == 0; }
    TaskId idOf(const QModelIndex &task) const;
    Verb verbOf(const QModelIndex &task) const;
    Phase phaseOf(const QModelIndex &task) const;
    QString titleOf(const QModelIndex &task) const;
    /// The lines of the images that failed, or that a run which broke off did not come to: to be run again.
    QStringList failedImages(const QModelIndex &task) const;
    /// Whether something went wrong that a new run may mend.
    bool canRetry(const QModelIndex &task) const;
    /// Null while it is not over.
    const TaskResult *resultOf(const QModelIndex &task) const;
    bool hasFinished() const;
    void removeFinished();

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void taskFinished(const QModelIndex &task);

private:
    struct Trouble
    {
        QString image; ///< empty where it concerns all
        Error error;
    };
    struct Row
    {
        TaskId id = 0;
        QString title;
        Phase phase = Phase::Waiting;
        QString doing;
        qint64 imagesDone = 0;
        qint64 imagesTotal = 0;
        qint64 bytesDone = 0;
        qint64 bytesTotal = 0;
        SpeedMeter speed;
        std::vector<Trouble> troubles;
        std::optional<TaskResult> result;
    };

    const Row &rowOf(const QModelIndex &task) const { return m_rows[std::size_t(task.row())]; }
    int rowOfId(TaskId id) const;
    static bool hasBroken(const Row &row);
    void onQueued(TaskId id, const QString &title);
    void onStarted(TaskId id);
    void onReported(TaskId id, const TaskEvent &event);
    void onFinished(TaskId id, const TaskResult &result);
    void addTrouble(int row, const QString &image, const Error &error);
    void sample();
    void tellChanged(int row);

    QVariant taskData(const Row &row, int column, int role) const;
    QVariant troubleData(const Trouble &trouble, int column, int role) const;
    QString taskText(const Row &row, int column) const;
    QString stateOf(const Row &row) const;
    QString iconOf(const Row &row) const;
    QString amountOf(const Row &row) const;
    QVariant fractionOf(const Row &row) const;
    QString percentOf(const Row &row) const;
    QString detailsOf(const Row &row) const;

    Workspace &m_workspace;
    std::vector<Row> m_rows;
    QTimer m_sampler;
    QElapsedTimer m_clock;
};

} // namespace layerpool
