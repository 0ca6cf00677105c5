// SPDX-License-Identifier: Apache-2.0
#include "Outcome.h"

#include "base/Text.h"

namespace layerpool {

QString outcomeOf(const TaskResult &result)
{
    const QString duration = formatDuration(result.seconds);
    if (result.stopped) {
        return result.wasCancelled() ? Text::tr("Cancelled after %1.").arg(duration)
                                     : Text::tr("Stopped after %1.").arg(duration);
    }
    const int failed = int(result.failures.size() + result.findings.size());
    return failed > 0 ? Text::tr("Ended after %1 with %n problem(s).", nullptr, failed).arg(duration)
                      : Text::tr("Done in %1.").arg(duration);
}

} // namespace layerpool
