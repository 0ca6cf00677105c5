// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Digest.h"

#include <algorithm>
#include <vector>

namespace layerpool {

/// Digests side by side in memory, for sets that are made once and asked often.
class DigestSet
{
public:
    DigestSet() = default;
    explicit DigestSet(std::vector<Digest> digests) : m_digests(std::move(digests))
    {
        std::sort(m_digests.begin(), m_digests.end());
        m_digests.erase(std::unique(m_digests.begin(), m_digests.end()), m_digests.end());
        m_digests.shrink_to_fit();
    }

    bool contains(const Digest &digest) const
    {
        return std::binary_search(m_digests.begin(), m_digests.end(), digest);
    }
    bool empty() const { return m_digests.empty(); }
    auto begin() const { return m_digests.begin(); }
    auto end() const { return m_digests.end(); }

private:
    std::vector<Digest> m_digests;
};

} // namespace layerpool
