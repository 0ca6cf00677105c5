// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "task/TaskJournal.h"
#include "work/PlanRecipe.h"
#include "work/SigningKey.h"
#include "work/Workspace.h"

#include <QMap>

namespace layerpool {

class Connections;

/// Of what each task was made: to make it once more after a pause or for what failed; and, for those that
/// are not over, in a journal on the disk, so that a later session can go on with what this one leaves.
class TaskMemory final : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive it; the tasks may not. `folder`: where the journal lies.
    TaskMemory(Workspace &workspace, Connections &connections, const QString &folder);
    /// Waits until the journal is written.
    ~TaskMemory() override;

    /// `signer`: as the plan had it, so that the task can go on in this session. It comes into no journal.
    TaskId start(PreparedTask prepared, const PlanRecipe &recipe,
                 std::shared_ptr<SigningKey> signer = nullptr);
    /// Null for a task that it has not started.
    const PlanRecipe *recipe(TaskId id) const;

    /// The titles of what earlier sessions have left, while nobody has decided about it.
    QStringList left() const;
    /// Puts what earlier sessions have left into the queue.
    void goOn();
    void forget();

Q_SIGNALS:
    /// Earlier sessions have left these unfinished: the tasks' titles.
    void leftFound(const QStringList &titles);
    /// The journal can't be written: what is not over will not be offered again. Once, until it can.
    void failed(const layerpool::Error &error);

private:
    struct Kept
    {
        QString title;
        PlanRecipe recipe;
    };
    using Journal = std::shared_ptr<TaskJournal>;

    static std::vector<Kept> read(const QByteArray &text);
    QByteArray text() const;
    TaskQueue::Source sourceOf(const PlanRecipe &recipe, std::shared_ptr<SigningKey> signer = nullptr) const;
    void onFinished(TaskId id);
    void openJournal(const QString &folder);
    void take(const Journal &journal, std::vector<Kept> left);
    void save();
    void write();
    void onWritten(const Status &written);

    Workspace &m_workspace;
    Connections &m_connections;
    QMap<TaskId, Kept> m_tasks;
    std::vector<Kept> m_left;
    Journal m_journal; ///< null while it is opened, and where it can't be; used in m_writer alone
    bool m_isWriting = false;
    bool m_forgetsNext = false; ///< what earlier sessions have left, once this journal holds it
    bool m_hasFailed = false;
    bool m_isStale = false; ///< the journal says something else by now
    QThreadPool m_writer;   ///< one thread: what is newer is written later
};

} // namespace layerpool
