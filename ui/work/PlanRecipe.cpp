// SPDX-License-Identifier: Apache-2.0
#include "work/PlanRecipe.h"

#include "base/Text.h"

#include <QJsonArray>

#include <array>

namespace layerpool {
namespace {

constexpr std::array<const char *, 3> kKinds{"ticked", "list", "pool"};

std::optional<Subject::Kind> kindOf(const QString &word)
{
    for (std::size_t i = 0; i < kKinds.size(); ++i) {
        if (word == QLatin1String(kKinds[i])) {
            return static_cast<Subject::Kind>(i);
        }
    }
    return std::nullopt;
}

QStringList linesOf(const Subject &subject)
{
    QStringList lines;
    if (subject.kind == Subject::Kind::List) {
        for (const ListLine &line : subject.list->images()) {
            lines << line.text;
        }
    }
    if (subject.kind == Subject::Kind::Ticked) {
        for (const PoolTag &tag : tagsIn(*subject.index, subject.ticked)) {
            lines << tag.toString();
        }
    }
    return lines;
}

QStringList textsIn(const QJsonValue &array)
{
    QStringList texts;
    for (const QJsonValue text : array.toArray()) {
        texts << text.toString();
    }
    return texts;
}

QStringList leftOutOf(const Subject &subject)
{
    QStringList sentences;
    for (const ListLine &line : subject.badLines()) {
        sentences << Text::tr("Left out: line %1: %2 (%3)", "number, text, what is wrong with it")
                         .arg(QString::number(line.number), line.text, line.problem);
    }
    return sentences;
}

} // namespace

PlanRecipe PlanRecipe::of(Verb verb, const QString &poolPath, const Subject &subject, PlanChoices choices)
{
    return {
        verb, poolPath, subject.name, subject.kind, linesOf(subject), std::move(choices), leftOutOf(subject)};
}

QJsonObject PlanRecipe::toJson() const
{
    return {{QStringLiteral("verb"), verbKey(verb)},
            {QStringLiteral("pool"), poolPath},
            {QStringLiteral("name"), name},
            {QStringLiteral("of"), QLatin1String(kKinds.at(static_cast<std::size_t>(kind)))},
            {QStringLiteral("lines"), QJsonArray::fromStringList(lines)},
            {QStringLiteral("leftOut"), QJsonArray::fromStringList(leftOut)},
            {QStringLiteral("choices"), choices.toJson()}};
}

std::optional<PlanRecipe> PlanRecipe::fromJson(const QJsonObject &json)
{
    const std::optional<Verb> verb = verbOfKey(json.value(QLatin1String("verb")).toString());
    const std::optional<Subject::Kind> kind = kindOf(json.value(QLatin1String("of")).toString());
    const QString pool = json.value(QLatin1String("pool")).toString();
    if (!verb || !kind || pool.isEmpty()) {
        return std::nullopt;
    }
    PlanRecipe recipe{*verb,
                      pool,
                      json.value(QLatin1String("name")).toString(),
                      *kind,
                      textsIn(json.value(QLatin1String("lines"))),
                      PlanChoices::fromJson(json.value(QLatin1String("choices")).toObject()),
                      textsIn(json.value(QLatin1String("leftOut")))};
    return recipe;
}

} // namespace layerpool
