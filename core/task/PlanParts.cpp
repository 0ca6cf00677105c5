// SPDX-License-Identifier: Apache-2.0
#include "task/PlanParts.h"

#include "pool/PoolWritable.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/sysmacros.h>

namespace layerpool {
namespace {

// What a hard link can't leave: a file system, and what of it is mounted in a place (link(2), EXDEV).
struct Mount
{
    std::uint32_t major = 0;
    std::uint32_t minor = 0;
    std::uint64_t id = 0; ///< 0 where the kernel doesn't tell

    friend bool operator==(const Mount &, const Mount &) = default;
};

std::optional<Mount> mountAt(const QString &path)
{
    struct statx info
    {
    };
    const QByteArray name = QFile::encodeName(existingPart(path));
    if (::statx(AT_FDCWD, name.constData(), 0, STATX_BASIC_STATS | STATX_MNT_ID, &info) != 0) {
        struct stat old // where a container may not ask in the new way
        {
        };
        return ::stat(name.constData(), &old) == 0
                   ? std::optional(Mount{major(old.st_dev), minor(old.st_dev), 0})
                   : std::nullopt;
    }
    return Mount{info.stx_dev_major, info.stx_dev_minor,
                 (info.stx_mask & STATX_MNT_ID) != 0 ? info.stx_mnt_id : 0};
}

} // namespace

void addAbsent(const Selection &selection, PlanSummary &summary)
{
    for (const Selection::Absent &absent : selection.absent) {
        summary.problems.push_back({absent.line, absent.error});
    }
}

void noteReferrers(qint64 count, PlanSummary &summary)
{
    if (count > 0) {
        summary.notes << Text::tr("%n signature(s) and other referrer(s) come along", nullptr,
                                  static_cast<int>(count));
    }
}

void noteReferrers(qint64 count, TaskResult &result)
{
    if (count > 0 && !result.stopped) {
        result.referrers = count;
        result.summary << Text::tr("%n signature(s) and other referrer(s)", nullptr, static_cast<int>(count));
    }
}

void reportAbsent(const Selection &selection, const TaskContext &context, TaskResult &result)
{
    std::vector<ImageFailure> failures;
    for (const Selection::Absent &absent : selection.absent) {
        failures.push_back({absent.line, absent.error});
    }
    reportFailures(failures, context, result);
}

void reportFailures(const std::vector<ImageFailure> &failures, const TaskContext &context, TaskResult &result)
{
    for (const ImageFailure &failure : failures) {
        result.failures.push_back(failure);
        ++context.progress.imagesDone;
        context.report({TaskEvent::Kind::ImageFailed, failure.image, failure.error});
    }
}

void tellImages(const Selection &selection, const TaskContext &context)
{
    QStringList lines;
    for (const Selection::Image &image : selection.images) {
        if (!image.isReferrer) {
            lines << image.line;
        }
    }
    for (const Selection::Absent &absent : selection.absent) {
        lines << absent.line;
    }
    context.progress.setWork(std::make_shared<TaskWork>(std::move(lines)));
}

QStringList undoneLines(const Selection &selection, const QSet<QString> &settled)
{
    QStringList lines;
    for (const Selection::Image &image : selection.images) {
        if (!image.isReferrer && !settled.contains(image.line)) {
            lines << image.line;
        }
    }
    return lines;
}

void noteKept(TaskResult &result)
{
    if (result.wasCancelled()) {
        result.stopped->hint = Text::tr("What was done is kept: start it again to go on");
    }
}

void noteMade(const QString &folder, TaskResult &result)
{
    if (result.imagesDone + result.imagesSkipped > 0) {
        result.made = Made{QFileInfo(folder).absoluteFilePath(), {}};
    }
}

QStringList quotaNotes(const Network &network)
{
    QStringList notes;
    for (const PullQuota &quota : network.gates().quotas()) {
        const QString allowed = Text::tr("%1 allows %2 more of %3 pulls", "a registry; how many of how many")
                                    .arg(quota.host)
                                    .arg(quota.remaining)
                                    .arg(quota.limit);
        notes << (quota.seconds > 0 ? Text::tr("%1 in %2", "what is allowed; a duration")
                                          .arg(allowed, formatDuration(static_cast<double>(quota.seconds)))
                                    : allowed);
    }
    return notes;
}

QString movedPart(qint64 tags)
{
    return Text::tr("%n tag(s) will stand for another image than now", nullptr, static_cast<int>(tags));
}

void noteMove(const QString &image, const std::optional<Digest> &from, const Digest &to, PlanSummary &summary)
{
    if (from) {
        ++summary.moved;
        summary.notes << Text::tr("%1 moves from %2 to %3").arg(image, from->toString(), to.toString());
    }
}

void describeLinks(const LinkPlan &plan, PlanSummary &summary)
{
    // Where blobs are copied, further ones of the same digest are links to the first.
    const qint64 stored = plan.selection.storedBytes;
    const qint64 toWrite = plan.copies ? std::max<qint64>(0, stored - plan.thereBytes) : 0;
    summary.figures = {
        {Text::tr("Selected"), stored, QStringLiteral("selected")},
        {Text::tr("There already"), plan.thereBytes, QStringLiteral("reuse")},
        {Text::tr("To write"), toWrite, QStringLiteral("write")},
        {Text::tr("Free afterwards"), std::max<qint64>(0, plan.freeBytes - toWrite), QStringLiteral("free")}};
    for (const Selection::Image &image : plan.selection.images) {
        const auto now = plan.moved.find(image.tag.toString());
        noteMove(image.line, now == plan.moved.end() ? std::nullopt : std::optional(now->second),
                 image.tag.digest, summary);
    }
    if (summary.moved > 0) {
        summary.sentence += QStringLiteral("; ") + movedPart(summary.moved);
    }
    if (toWrite > plan.freeBytes) {
        summary.blocker = notEnoughRoom(toWrite, plan.freeBytes);
    }
}

void noteNewFolder(const QString &path, PlanSummary &summary)
{
    if (const QString folder = QFileInfo(path).absolutePath(); !QFileInfo::exists(folder)) {
        summary.notes << Text::tr("The folder %1 is made").arg(QDir::toNativeSeparators(folder));
    }
}

std::optional<Error> readOnlyReason(const Pool &pool)
{
    const Status writable = checkWritable(pool);
    return writable ? std::nullopt : std::optional(writable.error());
}

Error notEnoughRoom(qint64 needed, qint64 available)
{
    return {ErrorKind::NoSpace, Text::tr("There is not enough room"),
            Text::tr("%1 are needed and %2 are free").arg(formatBytes(needed), formatBytes(available)),
            Text::tr("Free some space, or take fewer images")};
}

Error storageError(Error error)
{
    if (error.kind == ErrorKind::NotFound || error.kind == ErrorKind::Conflict) {
        error.kind = ErrorKind::Storage;
    }
    return error;
}

bool isInside(const QString &path, const QString &folder)
{
    const QString whole = QFileInfo(folder).canonicalFilePath();
    const QString existing = QFileInfo(existingPart(path)).canonicalFilePath();
    return existing == whole || existing.startsWith(whole + QLatin1Char('/'));
}

QString existingPart(const QString &path)
{
    QFileInfo info(QDir(path).absolutePath());
    while (!info.exists() && !info.isRoot()) {
        info.setFile(info.absolutePath());
    }
    return info.absoluteFilePath();
}

qint64 freeBytesAt(const QString &path)
{
    // The kernel is asked: QStorageInfo goes by the table of mounts, which knows nothing of a chroot's root.
    struct statvfs info
    {
    };
    return ::statvfs(QFile::encodeName(existingPart(path)).constData(), &info) == 0
               ? static_cast<qint64>(info.f_bavail) * static_cast<qint64>(info.f_frsize)
               : 0;
}

bool shareMount(const QString &one, const QString &other)
{
    return mountAt(one) == mountAt(other);
}

} // namespace layerpool
