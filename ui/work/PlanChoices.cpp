// SPDX-License-Identifier: Apache-2.0
#include "work/PlanChoices.h"

#include "base/Text.h"
#include "work/Mirrors.h"
#include "work/SourceNaming.h"

#include <QJsonArray>

#include <algorithm>
#include <array>

namespace layerpool {
namespace {

struct TextField
{
    const char *key;
    QString PlanChoices::*field;
};
struct BoxField
{
    const char *key;
    bool PlanChoices::*field;
};

constexpr std::array<TextField, 8> kTexts{{{"source", &PlanChoices::source},
                                           {"mirrors", &PlanChoices::mirrors},
                                           {"platforms", &PlanChoices::platforms},
                                           {"bundle", &PlanChoices::bundle},
                                           {"as", &PlanChoices::as},
                                           {"target", &PlanChoices::target},
                                           {"volumes", &PlanChoices::volumes},
                                           {"signKey", &PlanChoices::signKey}}};
constexpr std::array<BoxField, 6> kBoxes{{{"referrers", &PlanChoices::takesReferrers},
                                          {"foreignLayers", &PlanChoices::takesForeignLayers},
                                          {"keepHost", &PlanChoices::keepsHost},
                                          {"replace", &PlanChoices::replaces},
                                          {"tool", &PlanChoices::withTool},
                                          {"registry", &PlanChoices::asksRegistry}}};
const QLatin1String kKeepsTags{"keepTags"};
const QLatin1String kSparse{"sparse"};
const QLatin1String kBase{"base"};
const QLatin1String kLayout{"layout"};

// A number that stands for none is taken for the nearest.
template <typename Choice>
Choice oneOf(const QJsonValue &json, Choice last)
{
    return static_cast<Choice>(std::clamp(json.toInt(), 0, static_cast<int>(last)));
}

} // namespace

QJsonObject PlanChoices::toJson() const
{
    QJsonObject json;
    for (const TextField &text : kTexts) {
        json.insert(QLatin1String(text.key), this->*text.field);
    }
    for (const BoxField &box : kBoxes) {
        json.insert(QLatin1String(box.key), this->*box.field);
    }
    json.insert(kKeepsTags, movedTags == MovedTags::Keep);
    json.insert(kSparse, static_cast<int>(sparse));
    json.insert(kBase, QJsonArray::fromStringList(base));
    json.insert(kLayout, static_cast<int>(layout));
    return json;
}

PlanChoices PlanChoices::fromJson(const QJsonObject &json)
{
    PlanChoices choices;
    for (const TextField &text : kTexts) {
        choices.*text.field = json.value(QLatin1String(text.key)).toString();
    }
    for (const BoxField &box : kBoxes) {
        choices.*box.field = json.value(QLatin1String(box.key)).toBool(choices.*box.field);
    }
    choices.movedTags = json.value(kKeepsTags).toBool() ? MovedTags::Keep : MovedTags::Move;
    choices.sparse = oneOf(json.value(kSparse), SparseIndexes::Children);
    choices.base = json.value(kBase).toVariant().toStringList();
    choices.layout = oneOf(json.value(kLayout), ExportFormat::OciLayout);
    return choices;
}

Result<NamingRules> namingOf(const PlanChoices &choices)
{
    return namingRules(choices.source, choices.mirrors, choices.keepsHost);
}

Result<PlatformChoice> platformsIn(const QString &words)
{
    PlatformChoice choice;
    choice.all = words.isEmpty();
    for (const QString &word : wordsOf(words)) {
        const std::optional<Platform> platform = Platform::parse(word);
        if (!platform) {
            return Error{ErrorKind::BadInput,
                         Text::tr("“%1” is no platform").arg(word),
                         {},
                         Text::tr("Write it as linux/amd64 or linux/arm/v7")};
        }
        choice.platforms.push_back(*platform);
    }
    return choice;
}

Result<RegistryAddress> targetRegistryOf(const PlanChoices &choices)
{
    return RegistryAddress::parse(choices.target);
}

QStringList registriesOf(Verb verb, const PlanChoices &choices)
{
    if (verb == Verb::Push || (verb == Verb::Verify && choices.asksRegistry)) {
        const Result<RegistryAddress> target = targetRegistryOf(choices);
        return target ? QStringList{target->host} : QStringList();
    }
    const Result<NamingRules> naming = namingOf(choices);
    if (verb != Verb::Convert || !naming) {
        return {};
    }
    QStringList hosts{naming->source.host};
    for (const auto &[host, mirrors] : naming->mirrors) {
        for (const RegistryAddress &mirror : mirrors) {
            hosts.append(mirror.host);
        }
    }
    return hosts;
}

} // namespace layerpool
