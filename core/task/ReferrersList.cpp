// SPDX-License-Identifier: Apache-2.0
#include "task/ReferrersList.h"

#include "base/Text.h"
#include "image/ReferrersIndex.h"

#include <algorithm>

namespace layerpool {
namespace {

void takeWithChildren(const Manifest &manifest, const TaggedManifests &from, TaggedManifests &into)
{
    if (into.has(manifest.digest())) {
        return;
    }
    for (const Descriptor &child : manifest.children()) {
        if (const Manifest *there = from.find(child.digest)) {
            takeWithChildren(*there, from, into);
        }
    }
    into.take(manifest);
}

void noteLosses(const ReferrersIndex &made, const QString &subject, QStringList &notes)
{
    if (made.lacksAnnotations) {
        notes << Text::tr("What refers to %1 is listed without its annotations: registries take no list as "
                          "large as with them")
                     .arg(subject);
    }
    if (!made.leftOut.empty()) {
        notes << Text::tr("%n referrer(s) of %1 left out: registries take no list as large as with them",
                          nullptr, static_cast<int>(made.leftOut.size()))
                     .arg(subject);
    }
}

} // namespace

std::optional<TaggedManifests> listedAnew(const TaggedManifests &found, const std::vector<Manifest> &direct,
                                          const QString &subject, QStringList &notes)
{
    const Result<ReferrersIndex> made = referrersIndex(direct);
    if (!made) {
        notes << Text::tr("The list of what refers to %1 is left out (%2)")
                     .arg(subject, made.error().sentence());
        return std::nullopt;
    }
    noteLosses(*made, subject, notes);
    TaggedManifests listed;
    listed.tag = found.tag;
    for (const Descriptor &referrer : made->index.children()) {
        if (const Manifest *there = found.find(referrer.digest)) {
            takeWithChildren(*there, found, listed);
        }
    }
    if (listed.manifests.empty()) {
        return std::nullopt;
    }
    std::erase_if(listed.blobs, [](const Descriptor &blob) { return blob.isForeign(); });
    listed.root = made->index.digest();
    listed.take(made->index);
    return listed;
}

} // namespace layerpool
