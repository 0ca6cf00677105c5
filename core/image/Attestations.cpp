// SPDX-License-Identifier: Apache-2.0
#include "image/Attestations.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <map>

namespace layerpool {
namespace {

// By the children's digests.
std::map<Digest, Digest> subjectsIn(const Manifest &index)
{
    std::map<Digest, Digest> subjects;
    const QJsonObject object = QJsonDocument::fromJson(index.bytes()).object();
    for (const QJsonValue &child : object.value(QLatin1String("manifests")).toArray()) {
        const QJsonValue named =
            child[QLatin1String("annotations")][QLatin1String("vnd.docker.reference.digest")];
        const std::optional<Digest> digest =
            Digest::parse(child[QLatin1String("digest")].toString().toUtf8());
        const std::optional<Digest> subject = Digest::parse(named.toString().toUtf8());
        if (digest && subject) {
            subjects.emplace(*digest, *subject);
        }
    }
    return subjects;
}

} // namespace

std::vector<Attestation> attestationsOf(const Manifest &index)
{
    const std::map<Digest, Digest> subjects = subjectsIn(index);
    std::vector<Attestation> attestations;
    for (const Descriptor &child : index.children()) {
        const auto subject = subjects.find(child.digest);
        if (child.platform && child.platform->isUnknown() && subject != subjects.end()) {
            attestations.push_back({child, subject->second});
        }
    }
    return attestations;
}

} // namespace layerpool
