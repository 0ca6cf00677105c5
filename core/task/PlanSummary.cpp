// SPDX-License-Identifier: Apache-2.0
#include "task/PlanSummary.h"

#include <algorithm>

namespace layerpool {

QStringList PlanSummary::lines() const
{
    QStringList lines{sentence};
    qsizetype widest = 0;
    for (const Figure &figure : figures) {
        widest = std::max(widest, figure.label.size());
    }
    for (const Figure &figure : figures) {
        lines << QStringLiteral("  %1  %2")
                     .arg(figure.label.leftJustified(widest))
                     .arg(formatBytes(figure.bytes), 10);
    }
    lines += notes;
    for (const Problem &problem : problems) {
        lines << problem.error.sentenceAbout(problem.image, problem.error.options);
    }
    if (blocker) {
        lines << blocker->sentence(blocker->options);
    }
    return lines;
}

} // namespace layerpool
