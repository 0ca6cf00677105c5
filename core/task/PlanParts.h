// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/Network.h"
#include "pool/Selection.h"
#include "task/PlanSummary.h"
#include "task/Task.h"

#include <QSet>

#include <map>

namespace layerpool {

/// What the plans of several verbs say alike.

/// Lists the images that the pool cannot give in the plan.
void addAbsent(const Selection &selection, PlanSummary &summary);

/// Says in a plan how many signatures and the like come along, and in a result how many did.
void noteReferrers(qint64 count, PlanSummary &summary);
void noteReferrers(qint64 count, TaskResult &result);

/// Counts and reports them when the task starts.
void reportAbsent(const Selection &selection, const TaskContext &context, TaskResult &result);

/// The same for images that the plan found to fail.
void reportFailures(const std::vector<ImageFailure> &failures, const TaskContext &context,
                    TaskResult &result);

/// Tells the progress which images a task works on, referrers left out.
void tellImages(const Selection &selection, const TaskContext &context);

/// Of a run that was stopped: the lines that it did not come to. `settled` are those it did, failed or
/// skipped.
QStringList undoneLines(const Selection &selection, const QSet<QString> &settled);

/// Says in the result of a run that was cancelled that what it did is kept.
void noteKept(TaskResult &result);

/// Which folder was filled; nothing where no image came into it.
void noteMade(const QString &folder, TaskResult &result);

/// What registries said of how many pulls they still allow (Docker Hub does): a sentence each.
QStringList quotaNotes(const Network &network);

/// Of a plan's sentence: how many tags of others will stand for these images.
QString movedPart(qint64 tags);

/// Counts, and says in a plan, that a tag will stand for another image than now; nothing where it will not.
void noteMove(const QString &image, const std::optional<Digest> &from, const Digest &to,
              PlanSummary &summary);

/// What a plan says of images that get a second name in a folder by hard links, or copies where `copies` is
/// set: its figures, and which tags move.
struct LinkPlan
{
    const Selection &selection;
    const std::map<QString, Digest> &moved; ///< tags that stand for another image there, and which
    qint64 thereBytes;                      ///< of the blobs, what is there already
    qint64 freeBytes;                       ///< there, before
    bool copies;
};
void describeLinks(const LinkPlan &plan, PlanSummary &summary);

/// Says in a plan that the folder in which a pool or a file shall lie is made, where it is not there yet.
void noteNewFolder(const QString &path, PlanSummary &summary);

/// Why nothing can be added to the pool: the blocker of a plan that would.
std::optional<Error> readOnlyReason(const Pool &pool);

/// The blocker of a plan that needs more than there is, both in bytes.
Error notEnoughRoom(qint64 needed, qint64 available);

/// An error of the pool's own files: none of them means that an image does not exist.
Error storageError(Error error);

/// Whether the path is the folder, or lies below it.
bool isInside(const QString &path, const QString &folder);

/// The deepest folder of the path that exists today.
QString existingPart(const QString &path);

/// Whether a file at one may get a second name at the other: they are on one file system, mounted once.
bool shareMount(const QString &one, const QString &other);

/// Bytes free where a path will be, of what exists of it today.
qint64 freeBytesAt(const QString &path);

} // namespace layerpool
