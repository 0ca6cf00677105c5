// SPDX-License-Identifier: Apache-2.0
#include "task/PlatformPick.h"

#include "base/Text.h"

#include <algorithm>

namespace layerpool {
namespace {

QString joined(const QStringList &platforms)
{
    return platforms.join(QStringLiteral(", "));
}

Error notThere(const std::vector<Platform> &wanted, const QStringList &there)
{
    QStringList names;
    for (const Platform &platform : wanted) {
        names << platform.toString();
    }
    return {ErrorKind::NotFound, Text::tr("There is no image for %1").arg(joined(names)),
            there.isEmpty()     ? Text::tr("its index names no platform")
            : there.size() == 1 ? Text::tr("there is only %1", "a platform").arg(there.front())
                                : Text::tr("there are %1", "platforms").arg(joined(there)),
            Text::tr("Choose another platform")};
}

QString lackingSentence(const Platform &wanted, const QStringList &there)
{
    return Text::tr("there is none for %1, only for %2", "platforms").arg(wanted.toString(), joined(there));
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
            pick.lacking << lackingSentence(platform, platformsOf(index));
            continue;
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
    return pick.children.empty() ? Result<PlatformPick>(notThere(wanted, platformsOf(index))) : pick;
}

Result<QStringList> checkPlatform(const Platform &platform, const std::vector<Platform> &wanted)
{
    const QStringList there{platform.toString()};
    QStringList lacking;
    for (const Platform &one : wanted) {
        if (!platform.serves(one)) {
            lacking << lackingSentence(one, there);
        }
    }
    return lacking.size() == static_cast<qsizetype>(wanted.size())
               ? Result<QStringList>(notThere(wanted, there))
               : lacking;
}

} // namespace layerpool
