// SPDX-License-Identifier: Apache-2.0
#include "task/ConvertPlan.h"

#include "pool/StagedBlob.h"
#include "task/ConvertBlobs.h"
#include "task/ConvertLines.h"
#include "task/ConvertReferrers.h"
#include "task/ConvertResolver.h"
#include "task/PlanParts.h"
#include "task/TransferCrew.h"

#include <QDir>

#include <algorithm>
#include <set>

namespace layerpool {
namespace {

bool isPattern(const ListLine &line)
{
    return line.reference.pattern.has_value();
}

// The lines that name an image each, before anything is asked for.
Status addPlainLines(const ConvertRequest &request, ConvertLines &lines)
{
    for (const ListLine &line : request.lines) {
        if (Status added = isPattern(line) ? Status() : lines.add(line); !added) {
            return added;
        }
    }
    return {};
}

Status addMatchingLines(const ConvertRequest &request, const TaskContext &context, TransferCrew &crew,
                        TagLists &tags, ConvertLines &lines)
{
    std::vector<ListLine> patterns;
    std::copy_if(request.lines.begin(), request.lines.end(), std::back_inserter(patterns), isPattern);
    if (patterns.empty()) {
        return {};
    }
    context.progress.setPhase(Text::tr("Asking for tags"));
    std::vector<std::optional<Result<TagMatches>>> matches(patterns.size());
    crew.forEach(patterns.size(), [&](std::size_t i, RegistryClient &client) {
        matches[i] = matchTags(patterns[i], request.naming, tags, client);
    });
    tags.forgetImages();
    if (context.cancel.isCancelled()) {
        return cancelledError();
    }
    for (std::size_t i = 0; i < patterns.size(); ++i) {
        if (!*matches[i]) {
            lines.fail(patterns[i], matches[i]->error());
        } else if (Status added = lines.add(patterns[i], **matches[i]); !added) {
            return added;
        }
    }
    return {};
}

QString sourceNames(const ConvertPlan &plan)
{
    std::set<QString> hosts;
    for (const ConvertImage &image : plan.images) {
        hosts.insert(image.source.host);
    }
    return QStringList(hosts.begin(), hosts.end()).join(QStringLiteral(", "));
}

} // namespace

std::vector<Platform> PlatformChoice::wanted() const
{
    return platforms.empty() ? std::vector{Platform::linuxAmd64()} : platforms;
}

Result<ConvertPlan> planConvert(const ConvertRequest &request, const TaskContext &context)
{
    ConvertPlan plan;
    plan.request = request;
    plan.freeBytes = freeBytesAt(request.poolPath);
    ConvertLines wanted(request.naming);
    if (Status added = addPlainLines(request, wanted); !added) {
        return added.error();
    }
    std::optional<Pool> pool;
    if (!Pool::wouldCreate(request.poolPath)) {
        Result<Pool> opened = Pool::openOrCreate(request.poolPath);
        if (!opened) {
            return opened.error();
        }
        pool = *std::move(opened);
        plan.readOnly = readOnlyReason(*pool);
    }
    plan.makesPool = !pool;
    Result<std::unique_ptr<RegistryAccess>> access = RegistryAccess::create(request.registry);
    if (!access) {
        return access.error();
    }
    TransferCrew crew(**access, context);
    TagLists tags;
    if (Status added = addMatchingLines(request, context, crew, tags, wanted); !added) {
        return added.error();
    }
    const std::vector<ListLine> &lines = wanted.lines();
    plan.notes = wanted.notes();
    plan.failures = wanted.failures();
    context.progress.setPhase(Text::tr("Asking for manifests"));
    context.progress.imagesTotal = static_cast<qint64>(lines.size());

    const ConvertResolver resolver(request, pool);
    std::vector<std::optional<Result<ConvertResolver::Resolved>>> resolved(lines.size());
    crew.forEach(lines.size(), [&](std::size_t i, RegistryClient &client) {
        resolved[i] = resolver.resolve(lines[i], client);
        ++context.progress.imagesDone;
    });
    if (context.cancel.isCancelled()) {
        return cancelledError();
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
        Result<ConvertResolver::Resolved> &result = *resolved[i];
        if (result) {
            plan.notes += result->notes;
            plan.images.push_back(std::move(result->image));
        } else {
            plan.failures.push_back({lines[i].text, result.error()});
        }
    }
    if (Status added = request.takesReferrers ? addReferrers(plan, pool, tags, crew, context) : Status();
        !added) {
        return added.error();
    }
    plan.notes += quotaNotes(*(*access)->network());
    weigh(plan, pool);
    return plan;
}

PlanSummary ConvertPlan::summary() const
{
    const auto there =
        std::count_if(images.begin(), images.end(), [](const ConvertImage &image) { return image.isThere; });
    const int count = static_cast<int>(images.size()) - static_cast<int>(there);
    PlanSummary summary;
    summary.images = count;
    summary.skipped = there;
    summary.verb = Text::tr("Fetch %n image(s)", nullptr, count);
    const QString path = QDir::toNativeSeparators(request.poolPath);
    const QString pool = makesPool ? Text::tr("the new pool %1").arg(path) : path;
    summary.sentence =
        count == 0 && there > 0 && !failures.empty()
            ? Text::tr("Nothing can be fetched: %1 of %2 images are in %3, the others fail")
                  .arg(there)
                  .arg(images.size() + failures.size())
                  .arg(pool)
        : images.empty() ? Text::tr("No image can be fetched into %1").arg(pool)
        : count == 0
            ? Text::tr("Nothing to fetch: all %n image(s) are in %1", nullptr, static_cast<int>(there))
                  .arg(pool)
            : Text::tr("Fetch %n image(s) into %1 from %2", nullptr, count).arg(pool, sourceNames(*this));
    summary.figures = {{Text::tr("To fetch"), fetchBytes - keptBytes, QStringLiteral("fetch")},
                       {Text::tr("There already"), reuseBytes, QStringLiteral("reuse")},
                       {Text::tr("To write"), writeBytes, QStringLiteral("write")},
                       {Text::tr("Free afterwards"),
                        std::max<qint64>(0, freeBytes - writeBytes + reservedBytes), QStringLiteral("free")}};
    if (keptBytes > 0) {
        summary.figures.insert(summary.figures.begin() + 1,
                               {Text::tr("Kept from before"), keptBytes, QStringLiteral("kept")});
    }
    for (const ConvertImage &image : images) {
        noteMove(image.line, image.moves, image.root, summary);
    }
    if (summary.moved > 0) {
        summary.sentence += QStringLiteral("; ") + movedPart(summary.moved);
    }
    if (makesPool) {
        noteNewFolder(request.poolPath, summary);
    }
    summary.notes += notes;
    noteReferrers(referrers, summary);
    for (const ImageFailure &failure : failures) {
        summary.problems.push_back({failure.image, failure.error});
    }
    const qint64 needed = writeBytes - reservedBytes + StagedBlob::reserveBytes;
    if (writeBytes > 0 && needed > freeBytes) {
        summary.blocker = notEnoughRoom(needed, freeBytes);
    }
    if (readOnly && count > 0) {
        summary.blocker = readOnly;
    }
    return summary;
}

} // namespace layerpool
