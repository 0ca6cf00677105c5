// SPDX-License-Identifier: Apache-2.0
#include "task/ConvertReferrers.h"

#include "image/ReferrerTag.h"
#include "task/ReferrerResolver.h"
#include "task/ReferrersList.h"

#include <algorithm>
#include <set>

namespace layerpool {
namespace {

Error unreadable(const QString &image, const Error &cause)
{
    return {cause.kind,
            Text::tr("What refers to %1 cannot be read").arg(image),
            cause.why.isEmpty() ? cause.what : QStringLiteral("%1: %2").arg(cause.what, cause.why),
            Text::tr("Try again, or leave signatures and other referrers out"),
            {},
            {},
            {QStringLiteral("--no-referrers")}};
}

QString nameOf(const RemoteRepository &source, const Digest &digest)
{
    return source.name.toString() + QLatin1Char('@') + digest.toString();
}

// Signatures are usually made on the source's index, the outermost one, though only a child of it is taken.
std::vector<ReferrerSubject> subjectsOf(const ConvertImage &image)
{
    std::vector<ReferrerSubject> subjects;
    for (const Manifest &index : image.seenIndexes) {
        subjects.push_back({image.source, image.repository, index.digest()});
    }
    for (const Manifest &manifest : image.manifests) {
        subjects.push_back({image.source, image.repository, manifest.digest()});
    }
    return subjects;
}

using Found = std::map<ReferrerSubject, Result<Referrers>>;

// A mirror may die when it has given an image: the next source is asked for what refers to it.
bool turnToNextSource(ConvertImage &image, const Found &found)
{
    const std::vector<ReferrerSubject> subjects = subjectsOf(image);
    const bool isSilent = std::any_of(subjects.begin(), subjects.end(), [&](const ReferrerSubject &subject) {
        const Result<Referrers> &referrers = found.at(subject);
        return !referrers && referrers.error().kind == ErrorKind::Unreachable;
    });
    if (!isSilent || image.others.empty()) {
        return false;
    }
    image.source = image.others.front();
    image.others.erase(image.others.begin());
    return true;
}

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
        for (const QString &note : referrers->notes) { // once, though two tags may name one image
            if (!notes.contains(note)) {
                notes << note;
            }
        }
    }
    return {};
}

// The first of a manifest's blobs that is not to be had as it declares it; null where there is none.
const Error *troubleOf(const Manifest &manifest, const MissingBlobs &missing)
{
    for (const Descriptor &blob : manifest.blobs()) {
        const auto found = blob.isForeign() ? missing.end() : missing.find(blob.digest);
        if (found != missing.end() && !(found->second.size && blob.fits(*found->second.size))) {
            return &found->second.error;
        }
    }
    return nullptr;
}

} // namespace

std::optional<TaggedManifests> withoutMissing(const TaggedManifests &tagged, const MissingBlobs &missing,
                                              const RemoteRepository &source, QStringList &notes)
{
    const std::optional<ReferrerTag> tag = ReferrerTag::parse(tagged.tag);
    std::set<Digest> spoiled; // children come before their index
    for (const Manifest &manifest : tagged.manifests) {
        if (const Error *trouble = troubleOf(manifest, missing)) {
            spoiled.insert(manifest.digest());
            notes << Text::tr("%1, which refers to %2, is left out (%3)")
                         .arg(nameOf(source, manifest.digest()), tag ? tag->subject.toString() : tagged.tag,
                              trouble->sentence());
        } else if (std::any_of(manifest.children().begin(), manifest.children().end(),
                               [&](const Descriptor &child) { return spoiled.contains(child.digest); })) {
            spoiled.insert(manifest.digest());
        }
    }
    if (spoiled.empty()) {
        return tagged;
    }
    std::vector<Manifest> direct;
    const bool isList = tag && tag->ending.isEmpty();
    const Manifest *root = isList ? tagged.find(tagged.root) : nullptr;
    for (const Descriptor &child : root != nullptr ? root->children() : std::vector<Descriptor>()) {
        const Manifest *there = spoiled.contains(child.digest) ? nullptr : tagged.find(child.digest);
        if (there != nullptr) {
            direct.push_back(*there);
        }
    }
    return direct.empty() ? std::nullopt : listedAnew(tagged, direct, nameOf(source, tag->subject), notes);
}

qint64 referrersIn(const TaggedManifests &tagged)
{
    return std::count_if(tagged.manifests.begin(), tagged.manifests.end(), [&](const Manifest &manifest) {
        return !(manifest.isIndex() && manifest.digest() == tagged.root);
    });
}

Status addReferrers(ConvertPlan &plan, const std::optional<Pool> &pool, TagLists &tags, TransferCrew &crew,
                    const TaskContext &context)
{
    context.progress.setPhase(Text::tr("Asking for signatures"));
    Found found;
    for (bool isAsking = true; isAsking;) {
        std::set<ReferrerSubject> unasked;
        for (const ConvertImage &image : plan.images) {
            for (const ReferrerSubject &subject : subjectsOf(image)) {
                if (!found.contains(subject)) {
                    unasked.insert(subject);
                }
            }
        }
        const std::vector<ReferrerSubject> subjects(unasked.begin(), unasked.end());
        ReferrerResolver resolver(pool, tags, subjects);
        std::vector<std::optional<Result<Referrers>>> results(subjects.size());
        crew.forEach(subjects.size(), [&](std::size_t i, RegistryClient &client) {
            results[i] = resolver.resolve(subjects[i], client);
        });
        if (context.cancel.isCancelled()) {
            return cancelledError();
        }
        for (std::size_t i = 0; i < subjects.size(); ++i) {
            found.emplace(subjects[i], *std::move(results[i]));
        }
        isAsking = false;
        for (ConvertImage &image : plan.images) {
            isAsking |= turnToNextSource(image, found);
        }
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
