// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Digester.h"

#include <QFuture>

namespace layerpool {

/// A Digester that works in another thread, for one that has the bytes to write meanwhile. For one thread.
class BackgroundDigester
{
public:
    explicit BackgroundDigester(Digest::Algorithm algorithm) : m_digester(algorithm) {}
    ~BackgroundDigester() { m_running.waitForFinished(); }
    BackgroundDigester(const BackgroundDigester &) = delete;
    BackgroundDigester &operator=(const BackgroundDigester &) = delete;

    /// The bytes must stay as they are until the next call returns, or this is gone.
    void add(QByteArrayView bytes);
    /// The digest of all that was added.
    Digest finish();

private:
    Digester m_digester; ///< the other thread's while that runs
    QFuture<void> m_running;
};

} // namespace layerpool
