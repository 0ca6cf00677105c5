// SPDX-License-Identifier: Apache-2.0
#include "TargetOptions.h"

#include "base/Text.h"

namespace layerpool {
namespace {

const QString kTags = QStringLiteral("tags");
const QString kSparse = QStringLiteral("sparse");

} // namespace

void TargetOptions::addTo(CommandLine &line)
{
    line.addRegistry();
    line.addValue(
        kSparse,
        Text::tr("An index whose platforms are not all in the pool goes as it is (the default), as a new "
                 "index of those there are, or as a tag for each of them."),
        QStringLiteral("as-is|rewrite|children"));
    line.addValue(
        kTags,
        Text::tr(
            "What becomes of tags that have another digest there: they move (the default), or keep theirs."),
        QStringLiteral("keep|move"));
}

QStringList TargetOptions::names()
{
    return {kTags, kSparse};
}

Result<TargetOptions> TargetOptions::read(const CommandLine &line, int position)
{
    const Result<RegistryAddress> target = RegistryAddress::parse(line.argument(position));
    const Result<RegistryOptions> registry = line.registry();
    if (!target || !registry) {
        return target ? registry.error() : target.error();
    }
    const Result<qsizetype> movedTags = line.choice(kTags, {QStringLiteral("move"), QStringLiteral("keep")});
    const Result<qsizetype> sparse = line.choice(
        kSparse, {QStringLiteral("as-is"), QStringLiteral("rewrite"), QStringLiteral("children")});
    if (!movedTags || !sparse) {
        return movedTags ? sparse.error() : movedTags.error();
    }
    return TargetOptions{*target, *registry, static_cast<MovedTags>(*movedTags),
                         static_cast<SparseIndexes>(*sparse)};
}

} // namespace layerpool
