// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pool/PoolIndex.h"

#include <QStringList>

#include <span>

namespace layerpool {

enum class PullTool { Docker, Podman };

/// What fetches an image from a registry that speaks plain HTTP on this machine. `reference`: as the pool has
/// it; `host`: HOST:PORT, or empty for the tool's own.
QString pullCommand(PullTool tool, const QString &host, const QString &reference);

/// Commands for some images, a bounded number of them.
struct PullCommands
{
    QStringList lines;
    int leftOut = 0; ///< images beyond the bound

    /// Signatures and the like have none: they are found by those who look for them.
    static PullCommands of(std::span<const PoolTag> tags, PullTool tool, const QString &host, int most);
    static PullCommands ofAll(const PoolIndex &index, PullTool tool, const QString &host, int most);
};

} // namespace layerpool
