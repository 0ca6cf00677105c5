// SPDX-License-Identifier: Apache-2.0
#include "task/PushPlan.h"

#include "task/PlanParts.h"

#include <algorithm>

namespace layerpool {
namespace {

void noteMovedTags(const PushImage &image, QStringList &notes)
{
    for (const PushTag &tag : image.tags) {
        if (tag.moves) {
            notes << (image.isKept
                          ? Text::tr("%1 stays at %2 there").arg(image.nameOf(tag), tag.moves->toString())
                          : Text::tr("%1 moves from %2").arg(image.nameOf(tag), tag.moves->toString()));
        }
    }
}

void noteSparse(const PushImage &image, SparseIndexes sparse, QStringList &notes)
{
    if (!image.isSparse() || image.isThere || image.isKept) {
        return;
    }
    const QString line = image.image.line;
    const QString absent = image.absentPlatforms();
    switch (sparse) {
    case SparseIndexes::AsTheyAre:
        notes << Text::tr("%1 is a sparse index (without %2): some registries refuse it").arg(line, absent);
        break;
    case SparseIndexes::Rewrite:
        notes << Text::tr("%1 goes without %2, as the new index %3 in place of %4")
                     .arg(line, absent, image.tags.front().digest.toString(),
                          image.image.tag.digest.toString());
        break;
    case SparseIndexes::Children:
        QStringList tags;
        for (const PushTag &tag : image.tags) {
            tags << tag.tag;
        }
        notes << Text::tr("%1 goes without %2 and without its index, as %3")
                     .arg(line, absent, tags.join(QStringLiteral(", ")));
        break;
    }
}

} // namespace

PlanSummary PushPlan::summary() const
{
    const auto countIf = [this](auto predicate) {
        return static_cast<int>(std::count_if(images.begin(), images.end(), [&](const PushImage &image) {
            return !image.image.isReferrer && predicate(image);
        }));
    };
    const int there = countIf([](const PushImage &image) { return image.isThere; });
    const int kept = countIf([](const PushImage &image) { return image.isKept; });
    const int count = countIf([](const PushImage &) { return true; }) - there - kept;
    const QString target = request.target.toString();

    PlanSummary summary;
    summary.images = count;
    summary.skipped = there + kept;
    summary.verb = Text::tr("Push %n image(s)", nullptr, count);
    summary.sentence =
        images.empty() ? Text::tr("No image can be pushed to %1").arg(target)
        : count == 0
            ? Text::tr("Nothing to push: all %n image(s) are at %1", nullptr, there + kept).arg(target)
            : Text::tr("Push %n image(s) of %1 to %2", nullptr, count)
                  .arg(request.index->pool().path(), target);
    summary.figures = {{Text::tr("To send"), uploadBytes, QStringLiteral("send")},
                       {Text::tr("To mount there"), mountBytes, QStringLiteral("mount")},
                       {Text::tr("There already"), reuseBytes, QStringLiteral("reuse")}};
    for (const PushImage &image : images) {
        noteMovedTags(image, summary.notes);
    }
    for (const PushImage &image : images) {
        noteSparse(image, request.sparse, summary.notes);
    }
    noteReferrers(request.selection.referrers, summary);
    addAbsent(request.selection, summary);
    for (const ImageFailure &failure : failures) {
        summary.problems.push_back({failure.image, failure.error});
    }
    return summary;
}

} // namespace layerpool
