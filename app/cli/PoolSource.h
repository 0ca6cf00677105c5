// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CommandLine.h"
#include "pool/Selection.h"

namespace layerpool {

/// Reads the pool or bundle that a command was given; says so where it can't, and returns its exit status
/// then. `line` tells how signatures are looked at, where the command takes bundles.
std::variant<std::shared_ptr<const PoolIndex>, ExitStatus>
readPool(const QString &path, const CommandLine &line, Console &console);

/// Whether a bundle lies there, for a command that works on folders alone: it reads none, and looks at no
/// signature.
bool isBundleThere(const QString &path);

/// Says what is worth knowing of the pool, for a command without a plan: plans say it themselves.
void tellNotes(const Pool &pool, Console &console);

/// What a command works on: the lists' images, or all of the pool.
struct PoolSelection
{
    std::shared_ptr<const PoolIndex> index;
    Selection selection;
    QString name; ///< for titles
};

/// `path` is the pool's, or the bundle's.
std::variant<PoolSelection, ExitStatus> readSelection(const QString &path, const CommandLine &line,
                                                      Console &console);

} // namespace layerpool
