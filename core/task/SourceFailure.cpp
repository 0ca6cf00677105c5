// SPDX-License-Identifier: Apache-2.0
#include "task/SourceFailure.h"

#include <algorithm>
#include <array>

namespace layerpool {
namespace {

constexpr qsizetype kMostTold = 4; // sources, in one error

// What a person would act on comes before what the next source says of itself.
std::ptrdiff_t rankOf(const SourceFailure &failure)
{
    constexpr std::array order{ErrorKind::Corrupt,     ErrorKind::Denied, ErrorKind::Untrusted,
                               ErrorKind::Unsupported, ErrorKind::Server, ErrorKind::Unreachable};
    return std::find(order.begin(), order.end(), failure.error.kind) - order.begin();
}

} // namespace

QString SourceFailure::told() const
{
    const QString what = error.what.contains(host) ? error.what : host + QStringLiteral(": ") + error.what;
    return error.why.isEmpty() ? what : QStringLiteral("%1 (%2)").arg(what, error.why);
}

Error joined(std::vector<SourceFailure> failures, const QString &what)
{
    if (failures.size() == 1) {
        return failures.front().error;
    }
    std::stable_sort(failures.begin(), failures.end(),
                     [](const SourceFailure &a, const SourceFailure &b) { return rankOf(a) < rankOf(b); });
    Error error = failures.front().error; // with its hint
    QStringList told;
    for (const SourceFailure &failure : failures) {
        told << failure.told();
    }
    told.removeDuplicates();
    error.what = what;
    error.why = told.mid(0, kMostTold).join(QStringLiteral("; "));
    if (told.size() > kMostTold) {
        error.why += QStringLiteral("; …");
    }
    return error;
}

} // namespace layerpool
