// SPDX-License-Identifier: Apache-2.0
#include "task/PushReferrers.h"

#include "base/Text.h"

#include <algorithm>
#include <set>

namespace layerpool {
namespace {

struct Subjects
{
    std::set<Digest> present;
    std::map<Digest, Digest> gone; ///< and the root of the image that each of them is gone with
};

// An index is gone where none of its children goes, and one of them is not to. Those inside others come
// first.
void addSeenIndexes(const std::vector<Manifest> &seenIndexes, Subjects &subjects)
{
    for (const Manifest &index : seenIndexes) {
        const auto firstOf = [&](const auto &digests) {
            return std::find_if(index.children().begin(), index.children().end(),
                                [&](const Descriptor &child) { return digests.contains(child.digest); });
        };
        const auto gone = firstOf(subjects.gone);
        if (firstOf(subjects.present) != index.children().end()) {
            subjects.present.insert(index.digest());
        } else if (gone != index.children().end()) {
            subjects.gone.emplace(index.digest(), subjects.gone.at(gone->digest));
        }
    }
}

std::map<RepositoryName, Subjects> subjectsOf(const std::vector<PushImage> &images,
                                              const std::vector<Manifest> &seenIndexes)
{
    std::map<RepositoryName, Subjects> repositories;
    for (const PushImage &image : images) {
        if (image.isReferrer()) {
            continue;
        }
        Subjects &subjects = repositories[image.repository];
        const std::vector<Digest> &own = image.image.closure.manifests;
        for (const Digest &digest : image.isKept() ? own : image.dropped) {
            subjects.gone.emplace(digest, image.image.tag.digest);
        }
        if (!image.isKept()) {
            subjects.present.insert(own.begin(), own.end());
        }
    }
    for (auto &[name, subjects] : repositories) {
        addSeenIndexes(seenIndexes, subjects);
    }
    return repositories;
}

bool isKeptImage(const std::vector<PushImage> &images, const Digest &root)
{
    return std::any_of(images.begin(), images.end(), [&](const PushImage &image) {
        return !image.isReferrer() && image.isKept() && image.image.tag.digest == root;
    });
}

} // namespace

void leaveOutReferrers(std::vector<PushImage> &images, const std::vector<Manifest> &seenIndexes)
{
    std::map<RepositoryName, Subjects> repositories = subjectsOf(images, seenIndexes);
    for (PushImage &image : images) {
        const std::optional<ReferrerTag> named = ReferrerTag::parse(image.image.tag.tag);
        if (!image.isReferrer() || !named || image.isThere()) {
            continue;
        }
        Subjects &subjects = repositories[image.repository];
        const auto gone = subjects.gone.find(named->subject);
        if (gone == subjects.gone.end() || subjects.present.contains(named->subject)) {
            continue;
        }
        image.fate = PushFate::IsLeftOut;
        image.leftOutWith = gone->second;
        for (const Digest &digest : image.image.closure.manifests) { // what refers to these is left out too
            subjects.gone.emplace(digest, gone->second);
        }
    }
}

QStringList leftOutNotes(const std::vector<PushImage> &images)
{
    std::map<Digest, int> counts;
    for (const PushImage &image : images) {
        if (image.leftOutWith) {
            counts[*image.leftOutWith] += static_cast<int>(image.referrers);
        }
    }
    QStringList notes;
    for (const auto &[root, count] : counts) {
        const QString note =
            isKeptImage(images, root)
                ? Text::tr("%n signature(s) and other referrer(s) of %1 are left out, as it is itself",
                           nullptr, count)
                : Text::tr("%n signature(s) and other referrer(s) of %1 are left out: they vouch for the "
                           "index as it was",
                           nullptr, count);
        notes << note.arg(root.toString());
    }
    return notes;
}

Result<MetReferrers> meetReferrers(const PushImage &image, const Pool &pool,
                                   const RemoteRepository &repository, RegistryClient &client)
{
    const PushTag &tag = image.tags.front();
    const Result<Manifest> ours = image.manifest(pool, tag.digest);
    if (!ours) {
        return ours.error();
    }
    const Result<Manifest> theirs = client.manifest(repository, tag.tag);
    if (theirs) {
        return MetReferrers{unite(*theirs, *ours), theirs->digest()};
    }
    switch (theirs.error().kind) {
    case ErrorKind::NotFound:
        return MetReferrers{{ReferrersUnion::Kind::Ours, {}}, {}};
    case ErrorKind::Corrupt:
    case ErrorKind::Unsupported:
        return MetReferrers{{ReferrersUnion::Kind::Apart, {}}, tag.moves};
    default:
        return theirs.error();
    }
}

void restOnTheirs(PushImage &image, const PoolIndex &index)
{
    Closure &closure = image.image.closure;
    const Digest root = image.tags.front().digest;
    std::erase(closure.manifests, root);
    const Manifest *manifest = index.manifest(root);
    if (manifest == nullptr || manifest->isIndex()) {
        return;
    }
    std::erase_if(closure.blobs,
                  [&](const Descriptor &blob) { return blob.digest == manifest->config().digest; });
    closure.bytes -= manifest->size() + index.sizeOf(manifest->config());
}

QString apartNote(const PushImage &image, const std::optional<Digest> &theirs)
{
    const PushTag &tag = image.tags.front();
    return Text::tr(
               "%1 stays as it is there (%2): the target's and ours (%3) each have what the other lacks, "
               "and cannot be joined. To have ours in its place, remove the tag there and push again",
               "a tag; a digest; a digest")
        .arg(image.nameOf(tag), theirs ? theirs->toString() : Text::tr("of another kind"),
             tag.digest.toString());
}

QStringList apartNotes(const std::vector<PushImage> &images, MovedTags movedTags)
{
    QStringList notes;
    for (const PushImage &image : images) {
        if (image.isJoint() && image.isKept() && movedTags == MovedTags::Move) {
            notes << apartNote(image, image.tags.front().moves);
        }
    }
    return notes;
}

} // namespace layerpool
