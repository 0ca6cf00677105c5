// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CommandLine.h"
#include "task/PushImage.h"

namespace layerpool {

/// Where a push goes and in what shape: a verify of the target is told the same.
struct TargetOptions
{
    RegistryAddress target;
    RegistryOptions registry;
    MovedTags movedTags = MovedTags::Move;
    SparseIndexes sparse = SparseIndexes::AsTheyAre;

    /// Adds `--tags`, `--sparse`, and what reaches the registry.
    static void addTo(CommandLine &line);
    /// The options that mean nothing without a target.
    static QStringList names();
    /// `position` is the target's among the arguments. Error: BadInput.
    static Result<TargetOptions> read(const CommandLine &line, int position);
};

} // namespace layerpool
