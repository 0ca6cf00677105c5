// SPDX-License-Identifier: Apache-2.0
#include "CarryOut.h"
#include "Commands.h"
#include "SignatureOptions.h"

#include "base/Text.h"
#include "task/ImportPlan.h"

namespace layerpool {
namespace {

// Images that are not whole refuse the bundle before anything begins: each is named all the same.
void tellFailures(const ImportPlan &plan, Console &console)
{
    for (const ImageFailure &failure : plan.failures) {
        console.event({TaskEvent::Kind::ImageFailed, failure.image, failure.error});
    }
}

} // namespace

ExitStatus runImport(const QStringList &words, Console &console)
{
    CommandLine line(
        "import",
        Text::tr("Takes the images of SOURCE into a pool: of a bundle or a volume of one, another pool, a "
                 "folder that skopeo left (one image, or a tree of them), an OCI layout, or an archive of "
                 "docker save. Nothing is taken of one that is damaged."),
        {QStringLiteral("POOL"), QStringLiteral("SOURCE")});
    const QString tags = QStringLiteral("tags");
    line.addValue(tags,
                  Text::tr("What becomes of tags that have another digest in the pool: they move (the "
                           "default), or keep theirs."),
                  QStringLiteral("keep|move"));
    SignatureOptions::addTo(line);
    const QString as = QStringLiteral("as");
    line.addValue(as,
                  Text::tr("Call the image so, where SOURCE does not say how it is called, or otherwise. "
                           "Without TAG each keeps its own."),
                  QStringLiteral("NAME[:TAG]"));
    line.addDryRun();
    if (const auto ended = line.read(words, console)) {
        return *ended;
    }
    const Result<qsizetype> movedTags = line.choice(tags, {QStringLiteral("move"), QStringLiteral("keep")});
    if (!movedTags) {
        return console.fail(movedTags.error());
    }
    const Result<SignatureOptions> signature = SignatureOptions::read(line);
    const Result<SignatureRules> rules = signature ? signature->rules() : signature.error();
    if (!rules) {
        return console.fail(rules.error());
    }
    const Result<std::optional<ImageReference>> name = importNameOf(line.value(as));
    if (!name) {
        return console.fail(name.error());
    }
    const ImportRequest request{line.argument(0), line.argument(1), static_cast<MovedTags>(*movedTags),
                                *rules, *name};
    Result<ImportPlan> plan = console.runWorker<ImportPlan>(
        [&](const TaskContext &context) { return planImport(request, context); });
    if (plan) {
        line.expectLines(plan->lines(), console);
    }
    if (plan && !line.isSet(QStringLiteral("dry-run"))) {
        tellFailures(*plan, console);
    }
    return carryOut<ImportTask>(std::move(plan), line, console);
}

} // namespace layerpool
