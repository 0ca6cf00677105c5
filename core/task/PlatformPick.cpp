// SPDX-License-Identifier: Apache-2.0
#include "task/PlatformPick.h"

#include "base/Text.h"

#include <algorithm>

namespace layerpool {
namespace {

Error notThere(const Platform &wanted, const QStringList &there)
{
    return {ErrorKind::NotFound, Text::tr("There is no image for %1").arg(wanted.toString()),
            there.isEmpty() ? Text::tr("its index names no platform")
                            : Text::tr("there are %1").arg(there.join(QStringLiteral(", "))),
            Text::tr("Choose another platform")};
}

QStringList platformsOf(const Manifest &index)
{
    QStringList there;
    for (const Descriptor &child : index.children()) {
        if (child.platform && !child.platform->isUnknown()) {
            there << child.platform->toString();
        }
    }
    there.removeDuplicates();
    return there;
}

} // namespace

// The one that is meant, else the first that serves, as every client chooses.
Result<PlatformPick> PlatformPick::of(const Manifest &index, const std::vector<Platform> &wanted)
{
    PlatformPick pick;
    for (const Platform &platform : wanted) {
        std::vector<Descriptor> serving;
        std::copy_if(
            index.children().begin(), index.children().end(), std::back_inserter(serving),
            [&](const Descriptor &child) { return child.platform && child.platform->serves(platform); });
        if (serving.empty()) {
            return notThere(platform, platformsOf(index));
        }
        std::stable_partition(serving.begin(), serving.end(),
                              [&](const Descriptor &child) { return child.platform->isMeantBy(platform); });
        const Descriptor &chosen = serving.front();
        QStringList others;
        for (const Descriptor &child : serving) {
            if (child.digest != chosen.digest) {
                others << child.platform->toString();
            }
        }
        if (!others.isEmpty()) {
            pick.passedOver << Text::tr("%1 is taken for %2, and not %3")
                                   .arg(chosen.platform->toString(), platform.toString(),
                                        others.join(QStringLiteral(", ")));
        }
        if (std::none_of(pick.children.begin(), pick.children.end(),
                         [&](const Descriptor &child) { return child.digest == chosen.digest; })) {
            pick.children.push_back(chosen);
        }
    }
    return pick;
}

Status checkPlatform(const Platform &platform, const std::vector<Platform> &wanted)
{
    const bool isWanted =
        std::any_of(wanted.begin(), wanted.end(), [&](const Platform &one) { return platform.serves(one); });
    return isWanted ? Status() : notThere(wanted.front(), {platform.toString()});
}

} // namespace layerpool
