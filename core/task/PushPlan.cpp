// SPDX-License-Identifier: Apache-2.0
#include "task/PushPlan.h"

#include "task/PlanParts.h"
#include "task/PushReferrers.h"

#include <algorithm>

namespace layerpool {
namespace {

void noteMovedTags(const PushImage &image, PlanSummary &summary)
{
    if (image.isKept()) {
        summary.notes += keptNotes(image);
    }
    for (const PushTag &tag : image.tags) {
        if (tag.moves && image.goes()) {
            ++summary.moved;
            summary.notes << Text::tr("%1 moves from %2 to %3")
                                 .arg(image.nameOf(tag), tag.moves->toString(), tag.digest.toString());
        }
    }
}

void noteReferrersOf(const PushPlan &plan, PlanSummary &summary)
{
    qint64 along = 0;
    int joined = 0;
    for (const PushImage &image : plan.images) {
        along += image.goes() || image.isThere() ? image.referrers : 0;
        joined += image.isJoint() && image.goes() && image.hasOtherTag() ? 1 : 0;
    }
    noteReferrers(along, summary);
    if (joined > 0) {
        summary.notes << Text::tr(
            "Ours are added to %n list(s) of referrers there, and none of theirs is lost", nullptr, joined);
    }
    summary.notes += leftOutNotes(plan.images);
}

void noteSparse(const PushImage &image, SparseIndexes sparse, QStringList &notes)
{
    if (!image.isSparse() || !image.goes()) {
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
    PlanSummary summary;
    for (const PushImage &image : images) {
        if (image.isReferrer()) {
            summary.referrers += image.goes() ? image.referrers : 0;
        } else {
            ++(image.goes() ? summary.images : summary.skipped);
            summary.kept += image.isKept() ? 1 : 0;
        }
    }
    const auto referrers = static_cast<int>(summary.referrers);
    summary.verb = summary.images == 0 && referrers > 0
                       ? Text::tr("Push %n referrer(s)", "signatures and the like", referrers)
                       : Text::tr("Push %n image(s)", nullptr, static_cast<int>(summary.images));
    summary.figures = {{Text::tr("To send"), uploadBytes + manifestBytes, QStringLiteral("send")},
                       {Text::tr("Shared there, not sent"), mountBytes, QStringLiteral("mount")},
                       {Text::tr("There already"), reuseBytes, QStringLiteral("reuse")}};
    for (const PushImage &image : images) {
        if (!image.isJoint() || request.movedTags == MovedTags::Keep) {
            noteMovedTags(image, summary);
        }
    }
    summary.sentence = sentence(summary);
    summary.notes += apartNotes(images, request.movedTags);
    for (const PushImage &image : images) {
        noteSparse(image, request.sparse, summary.notes);
    }
    noteReferrersOf(*this, summary);
    addAbsent(request.selection, summary);
    summary.notes += quotas;
    summary.notes += request.index->pool().notes();
    for (const ImageFailure &failure : failures) {
        summary.problems.push_back({failure.image, failure.error});
    }
    return summary;
}

QString PushPlan::sentence(const PlanSummary &counts) const
{
    const QString from = request.index->pool().path();
    const QString target = request.target.toString();
    const auto kept = static_cast<int>(counts.kept);
    const auto there = static_cast<int>(counts.skipped) - kept;
    if (images.empty()) {
        return Text::tr("No image can be pushed to %1").arg(target);
    }
    QStringList parts;
    if (counts.images > 0) {
        parts << Text::tr("Push %n image(s) of %1 to %2", nullptr, static_cast<int>(counts.images))
                     .arg(from, target);
    } else if (counts.referrers > 0) {
        parts << Text::tr("Push %n signature(s) and other referrer(s) of %1 to %2", nullptr,
                          static_cast<int>(counts.referrers))
                     .arg(from, target);
    } else {
        parts << Text::tr("Nothing to push to %1").arg(target);
    }
    if (there > 0) {
        parts << Text::tr("%n image(s) are there already", nullptr, there);
    }
    if (kept > 0) {
        parts << Text::tr("%n image(s) keep the tag that is there", nullptr, kept);
    }
    if (counts.moved > 0) {
        parts << movedPart(counts.moved);
    }
    return parts.join(QStringLiteral("; "));
}

} // namespace layerpool
