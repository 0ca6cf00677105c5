// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "task/Task.h"

#include <memory>

namespace layerpool {

/// A task whose result says besides what was known before it was planned.
class NotedTask final : public Task
{
public:
    NotedTask(std::unique_ptr<Task> task, QStringList notes)
        : m_task(std::move(task)), m_notes(std::move(notes))
    {
    }

    QString title() const override { return m_task->title(); }
    TaskResult run(const TaskContext &context) override
    {
        TaskResult result = m_task->run(context);
        result.notes = m_notes + result.notes;
        return result;
    }

private:
    std::unique_ptr<Task> m_task;
    QStringList m_notes;
};

} // namespace layerpool
