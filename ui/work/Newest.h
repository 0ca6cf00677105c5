// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "work/Background.h"

namespace layerpool {

/// Has questions answered in workers, and hands on only the answer to the newest of them: that of somebody
/// who types, say. A member of the context.
class Newest
{
public:
    /// Both must outlive it.
    Newest(QThreadPool &workers, QObject *context) : m_workers(workers), m_context(context) {}

    template <typename Work, typename Then>
    void ask(Work work, Then then)
    {
        const quint64 asked = ++m_asked;
        runInBackground(m_workers, m_context, std::move(work),
                        [this, asked, then = std::move(then)](auto answer) mutable {
                            if (asked == m_asked) {
                                then(std::move(answer));
                            }
                        });
    }
    /// No answer is wanted any more.
    void drop() { ++m_asked; }

private:
    QThreadPool &m_workers;
    QObject *m_context;
    quint64 m_asked = 0;
};

} // namespace layerpool
