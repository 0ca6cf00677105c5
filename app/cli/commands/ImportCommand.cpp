// SPDX-License-Identifier: Apache-2.0
#include "CarryOut.h"
#include "Commands.h"

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

const QString kTrust = QStringLiteral("trust");
const QString kSignature = QStringLiteral("signature");

void addSignature(CommandLine &line)
{
    line.addValue(kTrust,
                  Text::tr("Trust this public key too, a file or what stands in it, beside those of “key "
                           "trust”. May be repeated."),
                  QStringLiteral("KEYFILE|BASE64"));
    line.addValue(kSignature,
                  Text::tr("Where a key is trusted: tell of a bundle that none of them has signed (the "
                           "default), refuse it, or look at no signature. What does not verify is refused."),
                  QStringLiteral("warn|require|ignore"));
}

Result<SignatureRules> signatureRules(const CommandLine &line)
{
    const Result<qsizetype> policy = line.choice(
        kSignature, {QStringLiteral("warn"), QStringLiteral("require"), QStringLiteral("ignore")});
    if (!policy) {
        return policy.error();
    }
    Result<SignatureRules> rules = SignatureRules::ofUser(static_cast<SignaturePolicy>(*policy));
    for (const QString &trusted : rules ? line.values(kTrust) : QStringList()) {
        const Result<PublicKey> key = PublicKey::read(trusted);
        if (!key) {
            return key.error();
        }
        rules->keys.push_back(*key);
    }
    return rules;
}

} // namespace

ExitStatus runImport(const QStringList &words, Console &console)
{
    CommandLine line(
        "import",
        Text::tr("Takes the images of a bundle into a pool: of a tar in the registry's layout, plain "
                 "or packed by gzip or zstd. Nothing is taken of one that is damaged."),
        {QStringLiteral("POOL"), QStringLiteral("SOURCE")});
    const QString tags = QStringLiteral("tags");
    line.addValue(tags,
                  Text::tr("What becomes of tags that have another digest in the pool: they move (the "
                           "default), or keep theirs."),
                  QStringLiteral("keep|move"));
    addSignature(line);
    line.addDryRun();
    if (const auto ended = line.read(words, console)) {
        return *ended;
    }
    const Result<qsizetype> movedTags = line.choice(tags, {QStringLiteral("move"), QStringLiteral("keep")});
    if (!movedTags) {
        return console.fail(movedTags.error());
    }
    const Result<SignatureRules> rules = signatureRules(line);
    if (!rules) {
        return console.fail(rules.error());
    }
    const ImportRequest request{line.argument(0), line.argument(1), static_cast<MovedTags>(*movedTags),
                                *rules};
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
