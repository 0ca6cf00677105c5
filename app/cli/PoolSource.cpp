// SPDX-License-Identifier: Apache-2.0
#include "PoolSource.h"

#include "SignatureOptions.h"

#include "base/Text.h"
#include "bundle/BundlePool.h"
#include "bundle/BundleVolumes.h"
#include "task/PlanParts.h"

#include <QFileInfo>

namespace layerpool {

std::variant<std::shared_ptr<const PoolIndex>, ExitStatus> readPool(const QString &path,
                                                                    const CommandLine &line, Console &console)
{
    using Index = std::shared_ptr<const PoolIndex>;
    const Result<SignatureOptions> signature = SignatureOptions::read(line);
    if (!signature) {
        return console.fail(signature.error());
    }
    const Result<Index> index = console.runWorker<Index>([&](const TaskContext &context) {
        const bool isFile = isBundle(path);
        context.progress.setPhase(isFile ? Text::tr("Reading the bundle") : Text::tr("Reading the pool"));
        const Result<Pool> pool = openPoolOrBundle(path, signature->rules(), context.cancel,
                                                   [&](BundleStep, qint64 position, qint64 bytes) {
                                                       context.progress.bytesDone = position;
                                                       context.progress.bytesTotal = bytes;
                                                   });
        return pool ? PoolIndex::read(*pool, context.cancel) : pool.error();
    });
    if (!index) {
        const ErrorKind kind = index.error().kind;
        const bool isOfPool = !isBundle(path) && (kind == ErrorKind::NotFound || kind == ErrorKind::BadInput);
        return isOfPool ? console.fail(index.error(), ExitStatus::Storage) : console.fail(index.error());
    }
    return *index;
}

bool isBundleThere(const QString &path)
{
    return isBundle(path) && (QFileInfo::exists(path) || !volumesOf(path).isEmpty());
}

void tellNotes(const Pool &pool, Console &console)
{
    for (const QString &note : pool.notes()) {
        console.note(note);
    }
}

std::variant<PoolSelection, ExitStatus> readSelection(const QString &path, const CommandLine &line,
                                                      Console &console)
{
    const Result<std::optional<ImagesList>> list = line.lists(console);
    if (!list) {
        return console.fail(list.error());
    }
    auto pool = readPool(path, line, console);
    if (const auto *ended = std::get_if<ExitStatus>(&pool)) {
        return *ended;
    }
    const TakeReferrers referrers = line.takesReferrers() ? TakeReferrers::Yes : TakeReferrers::No;
    PoolSelection selection;
    selection.index = std::get<0>(std::move(pool));
    if (*list) {
        selection.selection = Selection::ofList(*selection.index, **list, referrers);
        selection.name = line.listName();
    } else {
        selection.selection = Selection::ofAll(*selection.index, referrers);
        selection.name = QFileInfo(path).fileName();
        line.expectLines(undoneLines(selection.selection, {}), console);
    }
    return selection;
}

} // namespace layerpool
