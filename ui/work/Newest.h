// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "work/Background.h"

#include <functional>
#include <utility>

namespace layerpool {

/// Has questions answered in a worker, one at a time, and hands on only the answer to the newest of them:
/// that of somebody who types, say. Those in between are never asked. A member of the context.
class Newest
{
public:
    /// Both must outlive it.
    Newest(QThreadPool &workers, QObject *context) : m_workers(workers), m_context(context) {}

    /// `work` and `then` can be copied.
    template <typename Work, typename Then>
    void ask(Work work, Then then)
    {
        m_next = [this, asked = ++m_asked, work = std::move(work), then = std::move(then)] {
            runInBackground(m_workers, m_context, work, [this, asked, then](auto answer) mutable {
                m_isAtWork = false;
                if (asked == m_asked) {
                    then(std::move(answer));
                }
                goOn();
            });
        };
        goOn();
    }
    /// No answer is wanted any more.
    void drop()
    {
        ++m_asked;
        m_next = nullptr;
    }

private:
    void goOn()
    {
        if (m_next && !m_isAtWork) {
            m_isAtWork = true;
            std::exchange(m_next, nullptr)();
        }
    }

    QThreadPool &m_workers;
    QObject *m_context;
    std::function<void()> m_next; ///< waits until what is asked now has its answer
    bool m_isAtWork = false;
    quint64 m_asked = 0;
};

} // namespace layerpool
