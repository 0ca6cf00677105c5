// SPDX-License-Identifier: Apache-2.0
#include "NearestWord.h"

#include "base/Text.h"

#include <algorithm>
#include <vector>

namespace layerpool {
namespace {

// Letters to put in, leave out, change, or swap with their neighbour (optimal string alignment).
int distance(QStringView a, QStringView b)
{
    const auto width = static_cast<std::size_t>(b.size()) + 1;
    std::vector<std::vector<int>> steps(static_cast<std::size_t>(a.size()) + 1, std::vector<int>(width));
    for (std::size_t i = 0; i < steps.size(); ++i) {
        for (std::size_t j = 0; j < width; ++j) {
            if (i == 0 || j == 0) {
                steps[i][j] = static_cast<int>(i + j);
                continue;
            }
            const auto at = [](QStringView text, std::size_t place) {
                return text.at(static_cast<qsizetype>(place));
            };
            const bool isSame = at(a, i - 1) == at(b, j - 1);
            steps[i][j] =
                std::min({steps[i - 1][j] + 1, steps[i][j - 1] + 1, steps[i - 1][j - 1] + (isSame ? 0 : 1)});
            if (i > 1 && j > 1 && at(a, i - 1) == at(b, j - 2) && at(a, i - 2) == at(b, j - 1)) {
                steps[i][j] = std::min(steps[i][j], steps[i - 2][j - 2] + 1);
            }
        }
    }
    return steps.back().back();
}

} // namespace

QString nearestWord(const QString &word, const QStringList &known)
{
    constexpr int most = 2;
    QString nearest;
    int least = most + 1;
    for (const QString &candidate : known) {
        const int steps = distance(word, candidate);
        if (steps < least && 2 * steps < candidate.size()) {
            least = steps;
            nearest = candidate;
        }
    }
    return nearest;
}

QString hintWithGuess(const QString &meant, const QString &mark, const QString &hint)
{
    return meant.isEmpty() ? hint : Text::tr("Did you mean %1? %2").arg(mark + meant, hint);
}

} // namespace layerpool
