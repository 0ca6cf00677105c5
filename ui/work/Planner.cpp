// SPDX-License-Identifier: Apache-2.0
#include "work/Planner.h"

#include "bundle/BundlePool.h"
#include "bundle/BundleTool.h"
#include "bundle/BundleVolumes.h"
#include "bundle/Inventory.h"
#include "base/Text.h"
#include "task/ExportPlan.h"
#include "task/ImportPlan.h"
#include "task/PushPlan.h"
#include "task/SelectPlan.h"
#include "task/TarPlan.h"
#include "task/VerifyPlan.h"
#include "task/VerifyTargetPlan.h"
#include "work/NotedTask.h"

#include <QCoreApplication>

#include <algorithm>

namespace layerpool {
namespace {

Result<ImagesList> listOf(const PlanRecipe &recipe)
{
    ImagesList list;
    if (const Status read = list.addText(recipe.lines.join(QLatin1Char('\n')).toUtf8(), recipe.name); !read) {
        return read.error();
    }
    return list;
}

TickedTags tickedIn(const QStringList &images)
{
    TickedTags ticked;
    for (const QString &image : images) {
        const qsizetype colon = image.lastIndexOf(QLatin1Char(':'));
        if (const auto repository =
                RepositoryName::parse(QStringView(image).first(std::max<qsizetype>(0, colon)))) {
            ticked[*repository].insert(image.sliced(colon + 1));
        }
    }
    return ticked;
}

Result<Selection> selectionOf(const PlanRecipe &recipe, std::shared_ptr<const PoolIndex> index)
{
    Result<ImagesList> list = listOf(recipe);
    if (!list) {
        return list.error();
    }
    Subject subject;
    subject.kind = recipe.kind;
    subject.list = std::make_shared<const ImagesList>(*std::move(list));
    subject.ticked = recipe.kind == Subject::Kind::Ticked ? tickedIn(recipe.lines) : TickedTags();
    subject.index = std::move(index);
    return subject.selection();
}

/// What every plan out of a pool is made of.
struct Ingredients
{
    const PlanRecipe &recipe;
    const RegistryOptions &registry;
    std::shared_ptr<const PoolIndex> index;
    Selection selection;
    std::shared_ptr<SigningKey> signer; ///< null where nobody signs
};

template <typename TaskType, typename Plan>
Result<PreparedTask> preparedOr(Verb verb, Result<Plan> plan)
{
    return plan ? Result<PreparedTask>(prepared<TaskType>(verb, *std::move(plan))) : plan.error();
}

Result<PreparedTask> planPushOf(Ingredients &&from, const TaskContext &context)
{
    const Result<RegistryAddress> target = targetRegistryOf(from.recipe.choices);
    if (!target) {
        return target.error();
    }
    const PushRequest request{from.index,   std::move(from.selection),     from.recipe.name,
                              *target,      from.recipe.choices.movedTags, from.recipe.choices.sparse,
                              from.registry};
    return preparedOr<PushTask>(Verb::Push, planPush(request, context));
}

Result<PreparedTask> planVerifyOf(Ingredients &&from)
{
    if (!from.recipe.choices.asksRegistry) {
        return prepared<VerifyTask>(Verb::Verify, VerifyPlan{from.index});
    }
    const Result<RegistryAddress> target = targetRegistryOf(from.recipe.choices);
    if (!target) {
        return target.error();
    }
    return prepared<VerifyTargetTask>(
        Verb::Verify,
        VerifyTargetPlan{from.index, std::move(from.selection), from.recipe.name, *target,
                         from.recipe.choices.movedTags, from.recipe.choices.sparse, from.registry});
}

Result<PreparedTask> planTarOf(Ingredients &&from, const TaskContext &context)
{
    const PlanChoices &choices = from.recipe.choices;
    const Result<qint64> volumeBytes = volumeBytesOf(choices.volumes);
    if (!volumeBytes) {
        return volumeBytes.error();
    }
    TarRequest request{.name = from.recipe.name, .target = choices.target};
    request.replaces = choices.replaces;
    request.volumeBytes = *volumeBytes;
    for (const QString &path : choices.base) {
        Result<BundleContent> base = readInventory(path);
        if (!base) {
            return base.error();
        }
        request.far.push_back(*std::move(base));
    }
    if (choices.withTool) {
        Result<ToolFile> tool = readTool(QCoreApplication::applicationDirPath(), context.cancel);
        if (!tool) {
            return tool.error();
        }
        request.tool = *std::move(tool);
    }
    if (from.signer) {
        Result<std::shared_ptr<const SecretKey>> key = from.signer->open(context);
        if (!key) {
            return key.error();
        }
        request.signer = *std::move(key);
    }
    return preparedOr<TarTask>(Verb::Tar, planTar(from.index, std::move(from.selection), std::move(request)));
}

Result<PreparedTask> planConvertOf(const PlanRecipe &recipe, const RegistryOptions &registry,
                                   const TaskContext &context)
{
    const Result<ImagesList> list = listOf(recipe);
    const Result<NamingRules> naming = namingOf(recipe.choices);
    const Result<PlatformChoice> platforms = platformsIn(recipe.choices.platforms);
    if (!list || !naming || !platforms) {
        return !list ? list.error() : !naming ? naming.error() : platforms.error();
    }
    ConvertRequest request;
    request.poolPath = recipe.poolPath;
    request.listName = recipe.name;
    request.lines = list->images();
    request.naming = *naming;
    request.platforms = *platforms;
    request.registry = registry;
    request.takesReferrers = recipe.choices.takesReferrers;
    request.takesForeignLayers = recipe.choices.takesForeignLayers;
    return preparedOr<ConvertTask>(Verb::Convert, planConvert(request, context));
}

Result<PreparedTask> planImportOf(const PlanRecipe &recipe, const TaskContext &context)
{
    const Result<SignatureRules> rules = SignatureRules::ofUser();
    const Result<std::optional<ImageReference>> name = importNameOf(recipe.choices.as);
    if (!rules || !name) {
        return !rules ? rules.error() : name.error();
    }
    const ImportRequest request{recipe.poolPath, recipe.choices.bundle, recipe.choices.movedTags, *rules,
                                *name};
    return preparedOr<ImportTask>(Verb::Import, planImport(request, context));
}

Result<PreparedTask> planOutOfPool(Ingredients &&from, const TaskContext &context)
{
    const QString &name = from.recipe.name;
    const PlanChoices &choices = from.recipe.choices;
    switch (from.recipe.verb) {
    case Verb::Select:
        return preparedOr<SelectTask>(
            Verb::Select, planSelect(from.index, std::move(from.selection), name, choices.target));
    case Verb::Tar:
        return planTarOf(std::move(from), context);
    case Verb::Export:
        return preparedOr<ExportTask>(Verb::Export,
                                      planExport(from.index, std::move(from.selection),
                                                 {name, choices.target, choices.layout}, context.cancel));
    case Verb::Push:
        return planPushOf(std::move(from), context);
    case Verb::Verify:
    case Verb::Convert:
    case Verb::Import:
        break;
    }
    return planVerifyOf(std::move(from));
}

Result<std::shared_ptr<const PoolIndex>> readPool(const QString &path, const TaskContext &context)
{
    context.progress.setPhase(Text::tr("Reading the pool"));
    const Result<Pool> pool = openPoolOrBundle(path, SignatureRules::ofUser(), context.cancel);
    return pool ? PoolIndex::read(*pool, context.cancel) : pool.error();
}

Result<PreparedTask> plan(const PlanRecipe &recipe, const RegistryOptions &registry,
                          std::shared_ptr<const PoolIndex> pool, const std::shared_ptr<SigningKey> &signer,
                          const TaskContext &context)
{
    if (recipe.verb == Verb::Convert) {
        return planConvertOf(recipe, registry, context);
    }
    if (recipe.verb == Verb::Import) {
        return planImportOf(recipe, context);
    }
    if (!pool) {
        Result<std::shared_ptr<const PoolIndex>> read = readPool(recipe.poolPath, context);
        if (!read) {
            return read.error();
        }
        pool = *std::move(read);
    }
    Result<Selection> selection = selectionOf(recipe, pool);
    if (!selection) {
        return selection.error();
    }
    return planOutOfPool({recipe, registry, std::move(pool), *std::move(selection), signer}, context);
}

} // namespace

PlanMaker plannerOf(const PlanRecipe &recipe, const RegistryOptions &registry,
                    std::shared_ptr<const PoolIndex> pool, std::shared_ptr<SigningKey> signer)
{
    if (!signer && !recipe.choices.signKey.isEmpty()) {
        signer = std::make_shared<SigningKey>(recipe.choices.signKey);
    }
    return
        [recipe, registry, pool = std::move(pool), signer = std::move(signer)](const TaskContext &context) {
            Result<PreparedTask> made = plan(recipe, registry, pool, signer, context);
            if (made && !recipe.leftOut.isEmpty()) {
                made->task = std::make_unique<NotedTask>(std::move(made->task), recipe.leftOut);
            }
            return made;
        };
}

} // namespace layerpool
