// SPDX-License-Identifier: Apache-2.0
#include "work/TaskMemory.h"

#include "base/Text.h"
#include "work/Background.h"
#include "work/Connections.h"
#include "work/Planner.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QPointer>

#include <utility>

namespace layerpool {
namespace {

const QLatin1String kTasks{"tasks"};
const QLatin1String kTitle{"title"};

// What a dialog would have refused to start is refused here too.
Result<std::unique_ptr<Task>> taskOf(const PlanMaker &planner, const TaskContext &context)
{
    Result<PreparedTask> made = planner(context);
    if (!made) {
        return made.error();
    }
    if (made->summary.blocker) {
        return *made->summary.blocker;
    }
    return std::move(made->task);
}

} // namespace

TaskMemory::TaskMemory(Workspace &workspace, Connections &connections, const QString &folder)
    : m_workspace(workspace), m_connections(connections)
{
    m_writer.setMaxThreadCount(1);
    connect(&workspace.queue(), &TaskQueue::finished, this, &TaskMemory::onFinished);
    connect(&workspace.queue(), &TaskQueue::moved, this, &TaskMemory::save);
    openJournal(folder);
}

TaskMemory::~TaskMemory()
{
    m_writer.waitForDone();
    if (m_journal && m_isStale) {
        (void)m_journal->write(text());
    }
}

// In a worker: a home folder may lie on a disk that does not answer.
void TaskMemory::openJournal(const QString &folder)
{
    struct Opened
    {
        Journal journal;
        std::vector<Kept> left;
    };
    runInBackground(
        m_writer, this,
        [folder] {
            Opened opened;
            if (Result<TaskJournal> journal = TaskJournal::open(folder)) {
                opened.journal = std::make_shared<TaskJournal>(*std::move(journal));
                for (const QByteArray &text : opened.journal->findLeft()) {
                    std::vector<Kept> more = read(text);
                    opened.left.insert(opened.left.end(), more.begin(), more.end());
                }
            }
            return opened;
        },
        [this](const Opened &opened) { take(opened.journal, opened.left); });
}

void TaskMemory::take(const Journal &journal, std::vector<Kept> left)
{
    m_journal = journal;
    m_left = std::move(left);
    if (!m_left.empty()) {
        QStringList titles;
        for (const Kept &kept : m_left) {
            titles << kept.title;
        }
        Q_EMIT leftFound(titles);
    }
    if (!m_tasks.isEmpty()) { // started meanwhile
        save();
    }
}

std::vector<TaskMemory::Kept> TaskMemory::read(const QByteArray &text)
{
    std::vector<Kept> tasks;
    for (const QJsonValue each : QJsonDocument::fromJson(text).object().value(kTasks).toArray()) {
        const QJsonObject json = each.toObject();
        if (const std::optional<PlanRecipe> recipe = PlanRecipe::fromJson(json)) {
            tasks.push_back({json.value(kTitle).toString(), *recipe});
        }
    }
    return tasks;
}

QByteArray TaskMemory::text() const
{
    QJsonArray tasks;
    for (const TaskId id : m_workspace.queue().order()) {
        if (const auto kept = m_tasks.constFind(id); kept != m_tasks.constEnd()) {
            QJsonObject json = kept->recipe.toJson();
            json.insert(kTitle, kept->title);
            tasks.append(json);
        }
    }
    return tasks.isEmpty() ? QByteArray()
                           : QJsonDocument(QJsonObject{{kTasks, tasks}}).toJson(QJsonDocument::Compact);
}

// A plan that is made later may find other settings and logins than those of today.
TaskQueue::Source TaskMemory::sourceOf(const PlanRecipe &recipe, std::shared_ptr<SigningKey> signer) const
{
    return [recipe, signer = std::move(signer),
            connections = QPointer<const Connections>(&m_connections)]() -> TaskQueue::Maker {
        const PlanMaker planner =
            plannerOf(recipe, connections ? connections->options() : RegistryOptions(), nullptr, signer);
        return [planner](const TaskContext &context) { return taskOf(planner, context); };
    };
}

TaskId TaskMemory::start(PreparedTask prepared, const PlanRecipe &recipe, std::shared_ptr<SigningKey> signer)
{
    const QString title = prepared.task->title();
    const TaskId id =
        m_workspace.start(std::move(prepared), recipe.poolPath, sourceOf(recipe, std::move(signer)));
    m_tasks.insert(id, {title, recipe});
    save();
    return id;
}

const PlanRecipe *TaskMemory::recipe(TaskId id) const
{
    const auto kept = m_tasks.constFind(id);
    return kept == m_tasks.constEnd() ? nullptr : &kept->recipe;
}

void TaskMemory::onFinished(TaskId id)
{
    if (m_tasks.contains(id)) {
        save();
    }
}

QStringList TaskMemory::left() const
{
    QStringList titles;
    for (const Kept &kept : m_left) {
        titles << kept.title;
    }
    return titles;
}

// They are in this session's journal before they leave the other's.
void TaskMemory::goOn()
{
    for (const Kept &kept : m_left) {
        const TaskId id =
            m_workspace.startLater(kept.recipe.verb, kept.title, kept.recipe.poolPath, sourceOf(kept.recipe));
        m_tasks.insert(id, kept);
    }
    m_left.clear();
    m_forgetsNext = true;
    save();
}

void TaskMemory::forget()
{
    m_left.clear();
    runInBackground(
        m_writer, this,
        [journal = m_journal] {
            journal->forgetLeft();
            return true;
        },
        [](bool) {});
}

void TaskMemory::save()
{
    m_isStale = true;
    if (m_journal && !m_isWriting) {
        write();
    }
}

void TaskMemory::write()
{
    m_isStale = false;
    m_isWriting = true;
    runInBackground(
        m_writer, this, [journal = m_journal, text = text()] { return journal->write(text); },
        [this](const Status &written) { onWritten(written); });
}

// Where it can't be kept, the tasks go on all the same.
void TaskMemory::onWritten(const Status &written)
{
    m_isWriting = false;
    if (!written && !m_hasFailed) {
        Q_EMIT failed(written.error());
    }
    m_hasFailed = !written;
    if (m_isStale) {
        write();
    } else if (written && std::exchange(m_forgetsNext, false)) {
        forget();
    }
}

} // namespace layerpool
