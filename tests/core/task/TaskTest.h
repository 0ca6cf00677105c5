// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pool/PoolIndex.h"
#include "task/Task.h"

#include <gtest/gtest.h>

#include <mutex>
#include <vector>

namespace layerpool::test {

/// A context for tasks that keeps what they report.
class Recorder
{
public:
    TaskContext context()
    {
        return {cancel, progress, [this](const TaskEvent &event) {
                    const std::lock_guard lock(m_mutex);
                    m_events.push_back(event);
                }};
    }

    int count(TaskEvent::Kind kind) const
    {
        const std::lock_guard lock(m_mutex);
        return static_cast<int>(std::count_if(m_events.begin(), m_events.end(),
                                              [kind](const TaskEvent &event) { return event.kind == kind; }));
    }

    CancelToken cancel;
    TaskProgress progress;

private:
    mutable std::mutex m_mutex;
    std::vector<TaskEvent> m_events;
};

inline std::shared_ptr<const PoolIndex> readPool(const QString &path)
{
    const Result<Pool> pool = Pool::open(path);
    EXPECT_TRUE(pool);
    Result<std::shared_ptr<const PoolIndex>> index = PoolIndex::read(*pool);
    EXPECT_TRUE(index);
    return index ? *index : nullptr;
}

} // namespace layerpool::test
