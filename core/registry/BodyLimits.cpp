// SPDX-License-Identifier: Apache-2.0
#include "registry/BodyLimits.h"

#include <algorithm>
#include <bit>

namespace layerpool {

qint64 BodyLimits::of(const QString &host) const
{
    const std::lock_guard lock(m_mutex);
    const auto known = m_limits.find(host);
    return known == m_limits.end() ? none : known->second;
}

qint64 BodyLimits::lowerBelow(const QString &host, qint64 refused)
{
    const auto half =
        static_cast<qint64>(std::bit_floor(static_cast<quint64>(std::max<qint64>(refused - 1, 1))));
    const std::lock_guard lock(m_mutex);
    qint64 &limit = m_limits.try_emplace(host, none).first->second;
    limit = std::min({limit, half, largestPiece});
    return limit;
}

} // namespace layerpool
