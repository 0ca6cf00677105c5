// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Error.h"

#include <vector>

namespace layerpool {

/// What one of several sources answered instead of giving what was asked for.
struct SourceFailure
{
    QString host;
    Error error;

    /// Says the host and the reason in one phrase.
    QString told() const;
};

/// The error where no source gives it: of one source its own, of several `what`, the kind and the hint of
/// what a person would act on first, and what each of them said. At least one.
Error joined(std::vector<SourceFailure> failures, const QString &what);

} // namespace layerpool
