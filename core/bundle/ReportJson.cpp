// SPDX-License-Identifier: Apache-2.0
#include "bundle/ReportJson.h"

#include "bundle/ReportText.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <iterator>

namespace layerpool {
namespace {

constexpr int kReportVersion = 1;

QString utcText(const QDateTime &time)
{
    return time.toUTC().toString(Qt::ISODate);
}

QJsonObject reportJsonOf(const BundleOutput::File &file)
{
    return {{QStringLiteral("name"), file.name},
            {QStringLiteral("bytes"), file.bytes},
            {QStringLiteral("sha256"), QString::fromLatin1(file.digest.hex())}};
}

QJsonObject reportJsonOf(const BundleTool &tool)
{
    return {{QStringLiteral("name"), QString::fromLatin1(tool.name)},
            {QStringLiteral("bytes"), tool.bytes},
            {QStringLiteral("sha256"), QString::fromLatin1(tool.digest.hex())}};
}

QJsonObject reportJsonOf(const PoolReferrer &referrer)
{
    QJsonObject json{{QStringLiteral("kind"), QString::fromLatin1(artifactKindName(referrer.kind))},
                     {QStringLiteral("digest"), referrer.digest.toString()}};
    if (!referrer.type.isEmpty()) {
        json.insert(QStringLiteral("type"), referrer.type);
    }
    return json;
}

QJsonObject reportJsonOf(const Selection::Absent &absent)
{
    return {{QStringLiteral("image"), absent.line},
            {QStringLiteral("kind"), QString::fromLatin1(errorKindName(absent.error.kind))},
            {QStringLiteral("message"), reasonText(absent)}};
}

QJsonValue reportJsonOf(const Digest &digest)
{
    return digest.toString();
}

QJsonObject reportJsonOf(const BundleReport::Image &image);

template <typename Items>
QJsonArray reportArray(const Items &items)
{
    QJsonArray array;
    std::transform(items.begin(), items.end(), std::back_inserter(array),
                   [](const auto &item) { return QJsonValue(reportJsonOf(item)); });
    return array;
}

QJsonObject reportJsonOf(const BundleReport::Image &image)
{
    QJsonObject json{{QStringLiteral("image"), image.reference},
                     {QStringLiteral("line"), image.line},
                     {QStringLiteral("digest"), image.digest.toString()},
                     {QStringLiteral("platforms"), QJsonArray::fromStringList(image.platforms)},
                     {QStringLiteral("bytes"), image.bytes},
                     {QStringLiteral("newBytes"), image.newBytes},
                     {QStringLiteral("leftOutLayers"), image.leftOutLayers},
                     {QStringLiteral("referrers"), reportArray(image.referrers)}};
    if (image.created.isValid()) {
        json.insert(QStringLiteral("created"), utcText(image.created));
    }
    return json;
}

QJsonObject reportTotals(const BundleReport &report)
{
    return {{QStringLiteral("images"), static_cast<qint64>(report.images.size())},
            {QStringLiteral("absent"), static_cast<qint64>(report.absent.size())},
            {QStringLiteral("unchanged"), report.unchanged},
            {QStringLiteral("referrers"), report.referrers},
            {QStringLiteral("bytes"), report.bytes},
            {QStringLiteral("newBytes"), report.newBytes},
            {QStringLiteral("leftOutLayers"), report.leftOutLayers},
            {QStringLiteral("fileBytes"), report.fileBytes()}};
}

} // namespace

QByteArray reportJson(const BundleReport &report)
{
    const QJsonObject json{
        {QStringLiteral("version"), kReportVersion},
        {QStringLiteral("name"), report.name},
        {QStringLiteral("format"), nameOf(report.format)},
        {QStringLiteral("id"), report.id.toString()},
        {QStringLiteral("made"), utcText(report.made)},
        {QStringLiteral("pool"), report.pool},
        {QStringLiteral("contents"), report.contents},
        {QStringLiteral("files"), reportArray(report.files)},
        {QStringLiteral("signedBy"), report.signer.isEmpty() ? QJsonValue() : QJsonValue(report.signer)},
        {QStringLiteral("tool"), report.tool ? QJsonValue(reportJsonOf(*report.tool)) : QJsonValue()},
        {QStringLiteral("base"), reportArray(report.base)},
        {QStringLiteral("images"), reportArray(report.images)},
        {QStringLiteral("absent"), reportArray(report.absent)},
        {QStringLiteral("totals"), reportTotals(report)}};
    return QJsonDocument(json).toJson();
}

} // namespace layerpool
