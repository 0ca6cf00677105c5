// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <limits>
#include <map>
#include <mutex>

namespace layerpool {

/// How large a body each host takes in one request, in bytes, as its refusals (413) taught: a proxy before a
/// registry often takes no more than 1 MiB. Shared by the workers of a task; any thread.
class BodyLimits
{
public:
    static constexpr qint64 none = std::numeric_limits<qint64>::max();
    /// The largest piece of a body that is not sent whole.
    static constexpr qint64 largestPiece = 64 * 1024 * 1024;
    /// Smaller ones are not tried: a host that refuses them takes nothing.
    static constexpr qint64 smallestPiece = 64 * 1024;

    qint64 of(const QString &host) const;
    /// Remembers that a body of so many bytes was too large, and says what to try next.
    qint64 lowerBelow(const QString &host, qint64 refused);

private:
    mutable std::mutex m_mutex;
    std::map<QString, qint64> m_limits;
};

} // namespace layerpool
