// SPDX-License-Identifier: Apache-2.0
#include "ExitStatus.h"

#include <algorithm>

namespace layerpool {

ExitStatus exitStatusOf(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Cancelled:
        return ExitStatus::Cancelled;
    case ErrorKind::Storage:
    case ErrorKind::NoSpace:
    case ErrorKind::Conflict:
    case ErrorKind::Corrupt:
        return ExitStatus::Storage;
    case ErrorKind::Denied:
    case ErrorKind::Untrusted:
    case ErrorKind::Unreachable:
    case ErrorKind::Server:
        return ExitStatus::NoRegistry;
    case ErrorKind::BadInput:
    case ErrorKind::NotFound:
    case ErrorKind::Unsupported:
        break;
    }
    return ExitStatus::BadInput;
}

ExitStatus exitStatusOf(const TaskResult &result)
{
    if (result.stopped) { // whatever was not there by then was a file of the pool's
        const bool isLost = result.stopped->kind == ErrorKind::NotFound;
        return isLost ? ExitStatus::Storage : exitStatusOf(*result.stopped);
    }
    if (result.failures.empty() && result.findings.empty()) {
        return ExitStatus::Done;
    }
    const bool isNoneDone = result.imagesDone + result.imagesSkipped == 0 && !result.failures.empty();
    const bool isRegistry =
        std::all_of(result.failures.begin(), result.failures.end(), [](const ImageFailure &failure) {
            return exitStatusOf(failure.error) == ExitStatus::NoRegistry;
        });
    return isNoneDone && isRegistry ? ExitStatus::NoRegistry : ExitStatus::NotAll;
}

} // namespace layerpool
