// SPDX-License-Identifier: Apache-2.0
#include "bundle/BundlePath.h"

#include "base/Text.h"

#include <algorithm>
#include <array>
#include <span>

namespace layerpool {
namespace {

using Kind = BundlePath::Kind;
using Parts = std::span<const QByteArray>;

std::optional<BundlePath> folder()
{
    return BundlePath{Kind::Folder};
}

std::optional<BundlePath> leftOut()
{
    return BundlePath{Kind::LeftOut};
}

bool isAlgorithm(const QByteArray &part)
{
    return std::any_of(Digest::algorithms.begin(), Digest::algorithms.end(),
                       [&](Digest::Algorithm algorithm) { return part == Digest::nameOf(algorithm); });
}

std::optional<Digest> digestOf(const QByteArray &algorithm, const QByteArray &hex)
{
    return Digest::parse(QByteArrayView(algorithm + ':' + hex));
}

bool isHexPair(const QByteArray &part)
{
    return part.size() == 2 && part == QByteArray::fromHex(part).toHex();
}

// `<alg>/<xx>/<hex>/data`, below `blobs`.
std::optional<BundlePath> inBlobs(Parts parts)
{
    if (parts.empty()) {
        return folder();
    }
    if (!isAlgorithm(parts[0]) || (parts.size() > 1 && !isHexPair(parts[1]))) {
        return std::nullopt;
    }
    if (parts.size() < 3) {
        return folder();
    }
    const std::optional<Digest> digest = digestOf(parts[0], parts[2]);
    if (!digest || !parts[2].startsWith(parts[1])) {
        return std::nullopt;
    }
    if (parts.size() == 3) {
        return folder();
    }
    return parts.size() == 4 && parts[3] == "data" ? std::optional(BundlePath{Kind::Blob, *digest})
                                                   : std::nullopt;
}

// `<alg>/<hex>/link`, below a folder of links of one kind.
std::optional<BundlePath> inLinks(Parts parts, BundlePath link)
{
    if (parts.empty() || (parts.size() == 1 && isAlgorithm(parts[0]))) {
        return folder();
    }
    const std::optional<Digest> digest = parts.size() > 1 ? digestOf(parts[0], parts[1]) : std::nullopt;
    if (!digest) {
        return std::nullopt;
    }
    if (parts.size() == 2) {
        return folder();
    }
    if (link.kind == Kind::RevisionLink &&
        parts[2] == "signatures") { // of Docker schema 1, by old registries
        return leftOut();
    }
    link.digest = *digest;
    return parts.size() == 3 && parts[2] == "link" ? std::optional(std::move(link)) : std::nullopt;
}

// `<tag>/current/link` and `<tag>/index/<alg>/<hex>/link`, below `tags`.
std::optional<BundlePath> inTags(Parts parts, const RepositoryName &repository)
{
    if (parts.empty()) {
        return folder();
    }
    const QString tag = QString::fromLatin1(parts[0]);
    if (!isTag(tag)) {
        return std::nullopt;
    }
    if (parts.size() == 1) {
        return folder();
    }
    if (parts[1] == "index") {
        return inLinks(parts.subspan(2), {Kind::TagHistory, {}, repository, tag});
    }
    if (parts[1] != "current" || parts.size() > 3) {
        return std::nullopt;
    }
    if (parts.size() == 2) {
        return folder();
    }
    return parts[2] == "link" ? std::optional(BundlePath{Kind::TagLink, {}, repository, tag}) : std::nullopt;
}

std::optional<BundlePath> inManifests(Parts parts, const RepositoryName &repository)
{
    if (parts.empty()) {
        return folder();
    }
    if (parts[0] == "revisions") {
        return inLinks(parts.subspan(1), {Kind::RevisionLink, {}, repository, {}});
    }
    return parts[0] == "tags" ? inTags(parts.subspan(1), repository) : std::nullopt;
}

// `<name>/_layers`, `<name>/_manifests`, `<name>/_uploads`, below `repositories`; no part of a name begins
// so.
std::optional<BundlePath> inRepositories(Parts parts)
{
    if (parts.empty()) {
        return folder();
    }
    const auto own =
        std::find_if(parts.begin(), parts.end(), [](const QByteArray &part) { return part.startsWith('_'); });
    QByteArrayList name;
    std::copy(parts.begin(), own, std::back_inserter(name));
    const auto repository = RepositoryName::parse(QString::fromLatin1(name.join('/')));
    if (!repository) {
        return std::nullopt;
    }
    if (own == parts.end()) {
        return folder();
    }
    const Parts below = parts.subspan(std::size_t(own - parts.begin()) + 1);
    if (*own == "_layers") {
        return inLinks(below, {Kind::LayerLink, {}, *repository, {}});
    }
    if (*own == "_manifests") {
        return inManifests(below, *repository);
    }
    return *own == "_uploads" ? leftOut() : std::nullopt;
}

// `index.json` and `tool/<name>`, below `layerpool`; what else is there is for people.
std::optional<BundlePath> inLayerpool(Parts parts)
{
    if (parts.size() == 1 && parts[0] == "index.json") {
        return BundlePath{Kind::Index};
    }
    if (parts.empty() || parts[0] != "tool") {
        return leftOut();
    }
    if (parts.size() == 1) {
        return folder();
    }
    return parts.size() == 2 && isToolName(parts[1]) ? std::optional(BundlePath{Kind::Tool}) : std::nullopt;
}

// `docker/registry/v2`, and what a registry or Layerpool keeps beside `docker`.
std::optional<BundlePath> inRoot(Parts parts)
{
    static const std::array<QByteArray, 3> root{"docker", "registry", "v2"};
    if (parts[0] == "layerpool") {
        return inLayerpool(parts.subspan(1));
    }
    if (parts[0] == ".layerpool" ||
        (parts.size() == 1 && parts[0] == "scheduler-state.json")) { // of a registry that mirrors another
        return leftOut();
    }
    const std::size_t known = std::min(parts.size(), root.size());
    if (!std::equal(parts.begin(), parts.begin() + std::ptrdiff_t(known), root.begin())) {
        return std::nullopt;
    }
    if (parts.size() <= root.size()) {
        return folder();
    }
    const Parts below = parts.subspan(root.size() + 1);
    return parts[root.size()] == "blobs"          ? inBlobs(below)
           : parts[root.size()] == "repositories" ? inRepositories(below)
                                                  : std::nullopt;
}

bool isUnsafe(char byte)
{
    const auto value = static_cast<unsigned char>(byte);
    return value < 0x20 || value >= 0x7f;
}

Error noPlace(const QString &why)
{
    return {ErrorKind::BadInput, {}, why, {}};
}

} // namespace

bool isToolName(QByteArrayView name)
{
    constexpr qsizetype mostToolName = 100;
    const auto isPlain = [](char each) {
        return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') || (each >= '0' && each <= '9');
    };
    return !name.isEmpty() && name.size() <= mostToolName && isPlain(name.front()) &&
           std::all_of(name.begin(), name.end(), [&](char each) {
               return isPlain(each) || each == '.' || each == '_' || each == '+' || each == '-';
           });
}

QString whyUnsafeName(const QByteArray &name)
{
    if (name.startsWith('/')) {
        return Text::tr("its path is absolute");
    }
    if (name.split('/').contains("..")) {
        return Text::tr("its path leads out of the bundle");
    }
    if (name.contains('\\') || std::any_of(name.begin(), name.end(), isUnsafe)) {
        return Text::tr("its name holds characters that none of a registry has");
    }
    return {};
}

Result<BundlePath> BundlePath::parse(const QByteArray &name, bool isFolder)
{
    QByteArrayList parts = name.split('/');
    if (const QString why = whyUnsafeName(name); !why.isEmpty()) {
        return noPlace(why);
    }
    if (parts.front() == ".") {
        parts.removeFirst();
    }
    const bool hasOddPart = parts.contains("") || parts.contains(".");
    const std::optional<BundlePath> path = hasOddPart        ? std::nullopt
                                           : parts.isEmpty() ? folder()
                                                             : inRoot(Parts(parts));
    if (!path) {
        return noPlace(Text::tr("a registry's storage has no such place"));
    }
    if (path->kind != Kind::LeftOut && isFolder != (path->kind == Kind::Folder)) {
        return noPlace(isFolder ? Text::tr("it is a folder where a file must be")
                                : Text::tr("it is a file where a folder must be"));
    }
    return *path;
}

} // namespace layerpool
