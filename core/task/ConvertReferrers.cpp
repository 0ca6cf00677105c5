// SPDX-License-Identifier: Apache-2.0
#include "task/ConvertReferrers.h"

#include "task/ReferrerResolver.h"

#include <algorithm>
#include <set>

namespace layerpool {
namespace {

Error unreadable(const QString &image, const Error &cause)
{
    return {cause.kind, Text::tr("What refers to %1 cannot be read").arg(image),
            cause.why.isEmpty() ? cause.what : QStringLiteral("%1: %2").arg(cause.what, cause.why),
            Text::tr("Try again, or leave signatures and other referrers out (--no-referrers)")};
}

// Signatures are usually made on the source's index, though only a child of it is taken.
std::vector<ReferrerSubject> subjectsOf(const ConvertImage &image)
{
    std::vector<ReferrerSubject> subjects;
    if (image.seenIndex) {
        subjects.push_back({image.source, image.repository, image.seenIndex->digest()});
    }
    for (const Manifest &manifest : image.manifests) {
        subjects.push_back({image.source, image.repository, manifest.digest()});
    }
    return subjects;
}

using Found = std::map<ReferrerSubject, Result<Referrers>>;

// Moves the image's referrers into it; the error of the first that could not be read.
Status attach(ConvertImage &image, Found &found, QStringList &notes)
{
    for (const ReferrerSubject &subject : subjectsOf(image)) {
        Result<Referrers> &referrers = found.at(subject);
        if (!referrers) {
            return unreadable(image.line, referrers.error());
        }
        for (const TaggedManifests &tagged : referrers->tags) {
            image.isThere = image.isThere && tagged.isThere;
            image.referrers.push_back(tagged);
        }
        notes += std::exchange(referrers->notes, {}); // once, though two tags may name one image
    }
    return {};
}

} // namespace

qint64 referrersIn(const TaggedManifests &tagged)
{
    return std::count_if(tagged.manifests.begin(), tagged.manifests.end(), [&](const Manifest &manifest) {
        return !(manifest.isIndex() && manifest.digest() == tagged.root);
    });
}

Status addReferrers(ConvertPlan &plan, const std::optional<Pool> &pool, TagLists &tags, TransferCrew &crew,
                    const TaskContext &context)
{
    std::set<ReferrerSubject> unique;
    for (const ConvertImage &image : plan.images) {
        const std::vector<ReferrerSubject> own = subjectsOf(image);
        unique.insert(own.begin(), own.end());
    }
    const std::vector<ReferrerSubject> subjects(unique.begin(), unique.end());
    context.progress.setPhase(Text::tr("Asking for signatures"));
    ReferrerResolver resolver(pool, tags, subjects);
    std::vector<std::optional<Result<Referrers>>> results(subjects.size());
    crew.forEach(subjects.size(), [&](std::size_t i, RegistryClient &client) {
        results[i] = resolver.resolve(subjects[i], client);
    });
    if (context.cancel.isCancelled()) {
        return cancelledError();
    }
    Found found;
    for (std::size_t i = 0; i < subjects.size(); ++i) {
        found.emplace(subjects[i], *std::move(results[i]));
    }
    std::vector<ConvertImage> whole;
    for (ConvertImage &image : plan.images) {
        if (const Status attached = attach(image, found, plan.notes); attached) {
            whole.push_back(std::move(image));
        } else {
            plan.failures.push_back({image.line, attached.error()});
        }
    }
    plan.images = std::move(whole);
    return {};
}

} // namespace layerpool
