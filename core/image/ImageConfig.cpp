// SPDX-License-Identifier: Apache-2.0
#include "image/ImageConfig.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace layerpool {
namespace {

// Builds that shall give the same bytes again name the first day of one calendar or another.
constexpr int kFirstTrueYear = 1981;

std::optional<Platform> platformOf(const QJsonObject &object)
{
    const auto word = [&](QLatin1String key) { return object.value(key).toString(); };
    return ImageConfig::knownPlatform({word(QLatin1String("os")), word(QLatin1String("architecture")),
                                       word(QLatin1String("variant")), word(QLatin1String("os.version"))});
}

std::vector<ImageConfig::Step> historyOf(const QJsonObject &object)
{
    std::vector<ImageConfig::Step> steps;
    for (const QJsonValue &value : object.value(QLatin1String("history")).toArray()) {
        const QJsonObject step = value.toObject();
        steps.push_back({step.value(QLatin1String("created_by")).toString(),
                         !step.value(QLatin1String("empty_layer")).toBool()});
    }
    return steps;
}

} // namespace

ImageConfig ImageConfig::parse(const QByteArray &bytes)
{
    const QJsonObject object = QJsonDocument::fromJson(bytes).object();
    const QJsonObject run = object.value(QLatin1String("config")).toObject();
    const auto words = [&](QLatin1String key) { return run.value(key).toVariant().toStringList(); };

    ImageConfig config;
    config.platform = platformOf(object);
    config.created = knownTime(object.value(QLatin1String("created")).toString());
    config.history = historyOf(object);
    config.environment = words(QLatin1String("Env"));
    config.entrypoint = words(QLatin1String("Entrypoint"));
    config.command = words(QLatin1String("Cmd"));
    config.user = run.value(QLatin1String("User")).toString();
    config.workingDirectory = run.value(QLatin1String("WorkingDir")).toString();
    const QJsonObject labels = run.value(QLatin1String("Labels")).toObject();
    for (auto label = labels.begin(); label != labels.end(); ++label) {
        config.labels.emplace_back(label.key(), label.value().toString());
    }
    return config;
}

std::optional<Platform> ImageConfig::knownPlatform(const Platform &named)
{
    return named.os.isEmpty() || named.architecture.isEmpty() ? std::nullopt : std::optional(named);
}

QDateTime ImageConfig::knownTime(const QString &text)
{
    const QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    return time.date().year() >= kFirstTrueYear ? time : QDateTime();
}

} // namespace layerpool
