// SPDX-License-Identifier: Apache-2.0
#include "support/SampleImages.h"

#include "base/Digester.h"
#include "image/ImageReference.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSet>

#include <algorithm>
#include <numeric>

namespace layerpool::test {
namespace {

constexpr int kBases = 4; // so many different bases lie at each height
constexpr char kBusybox[] = "/bin/busybox";
constexpr char kDate[] = "2021-04-29T00:00:00Z";

struct Kinds // the media types that go together
{
    QByteArray index;
    QByteArray manifest;
    QByteArray config;
    QByteArray layer;
};

bool isDocker(SampleKind kind)
{
    return kind == SampleKind::DockerManifest || kind == SampleKind::DockerList;
}

bool isIndexKind(SampleKind kind)
{
    return kind == SampleKind::DockerList || kind == SampleKind::OciIndex;
}

Kinds kindsOf(SampleKind kind)
{
    if (isDocker(kind)) {
        return {"application/vnd.docker.distribution.manifest.list.v2+json",
                "application/vnd.docker.distribution.manifest.v2+json",
                "application/vnd.docker.container.image.v1+json",
                "application/vnd.docker.image.rootfs.diff.tar.gzip"};
    }
    return {"application/vnd.oci.image.index.v1+json", "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.oci.image.config.v1+json", "application/vnd.oci.image.layer.v1.tar+gzip"};
}

// Builders put attestations beside an image as if they were of this platform.
const Platform kUnknown{QStringLiteral("unknown"), QStringLiteral("unknown"), {}};

Digest digestIn(const QByteArray &descriptor)
{
    return *Digest::parse(QByteArrayView(descriptor).sliced(descriptor.indexOf("sha256:"), 71));
}

quint64 hashOf(const QByteArray &text, quint64 seed) // FNV-1a: the same everywhere, unlike qHash
{
    quint64 hash = 0xcbf29ce484222325ULL ^ seed;
    for (const char c : text) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    }
    return hash;
}

[[noreturn]] void giveUp(const QString &path)
{
    qFatal("cannot write the sample %s", qUtf8Printable(path));
}

void writeFile(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!QDir().mkpath(QFileInfo(path).path()) || !file.open(QIODevice::WriteOnly) ||
        file.write(bytes) != bytes.size() || !file.flush()) {
        giveUp(path);
    }
}

QByteArray descriptor(const QByteArray &mediaType, const Digest &digest, qint64 size, JsonStyle style,
                      std::vector<JsonMember> more = {})
{
    std::vector<JsonMember> members = {{"mediaType", jsonString(mediaType)},
                                       {"size", QByteArray::number(size)},
                                       {"digest", jsonString(digest.toByteArray())}};
    members.insert(members.end(), more.begin(), more.end());
    return jsonObject(std::move(members), style);
}

QByteArray platformObject(const Platform &platform)
{
    std::vector<JsonMember> members = {{"architecture", jsonString(platform.architecture.toUtf8())},
                                       {"os", jsonString(platform.os.toUtf8())}};
    if (!platform.variant.isEmpty()) {
        members.push_back({"variant", jsonString(platform.variant.toUtf8())});
    }
    return jsonObject(members);
}

// `rest` after the two members that every manifest has; OCI lets `mediaType` out.
QByteArray manifestBytes(const QByteArray &mediaType, bool namesMediaType, std::vector<JsonMember> rest,
                         JsonStyle style)
{
    if (namesMediaType) {
        rest.insert(rest.begin(), {"mediaType", jsonString(mediaType)});
    }
    rest.insert(rest.begin(), {"schemaVersion", "2"});
    return laidOut(jsonObject(std::move(rest), style), style);
}

bool namesMediaType(const ImageSpec &spec)
{
    return spec.namesMediaType || isDocker(spec.kind); // Docker's kinds always name it
}

// Of a child, in its index.
std::vector<JsonMember> membersOf(const SampleManifest &child)
{
    if (!child.attested) {
        return {{"platform", platformObject(child.platform)}};
    }
    return {{"platform", platformObject(child.platform)},
            {"annotations",
             jsonObject({{"vnd.docker.reference.digest", jsonString(child.attested->toByteArray())},
                         {"vnd.docker.reference.type", jsonString("attestation-manifest")}})}};
}

} // namespace

std::vector<Platform> ImageSpec::bothPlatforms()
{
    return {Platform::linuxAmd64(), {QStringLiteral("linux"), QStringLiteral("arm64"), {}}};
}

qint64 ImageSpec::bytesOfLayer(int height) const
{
    return layerSizes.empty() ? layerBytes
                              : layerSizes[std::min(static_cast<std::size_t>(height), layerSizes.size() - 1)];
}

const SampleManifest &Sample::of(const Platform &platform) const
{
    const auto found = std::find_if(manifests.begin(), manifests.end(),
                                    [&](const SampleManifest &m) { return m.platform == platform; });
    if (found == manifests.end()) {
        qFatal("the sample %s has nothing for %s", qUtf8Printable(reference()),
               qUtf8Printable(platform.toString()));
    }
    return *found;
}

SampleRegistry::SampleRegistry(QString storageDirectory) : m_path(QDir(storageDirectory).absolutePath())
{
    if (!QDir().mkpath(m_path + QStringLiteral("/docker/registry/v2/blobs")) ||
        !QDir().mkpath(m_path + QStringLiteral("/docker/registry/v2/repositories"))) {
        giveUp(m_path);
    }
}

qint64 SampleRegistry::blobBytes() const
{
    return std::accumulate(m_sizes.begin(), m_sizes.end(), qint64(0),
                           [](qint64 sum, const auto &blob) { return sum + blob.second; });
}

QString SampleRegistry::blobPath(const Digest &digest) const
{
    const QString hex = QString::fromLatin1(digest.hex());
    return m_path + QStringLiteral("/docker/registry/v2/blobs/sha256/%1/%2/data").arg(hex.left(2), hex);
}

QString SampleRegistry::repositoryPath(const QString &repository) const
{
    return m_path + QStringLiteral("/docker/registry/v2/repositories/") + repository;
}

QString SampleRegistry::tagLinkPath(const QString &repository, const QString &tag) const
{
    return repositoryPath(repository) + QStringLiteral("/_manifests/tags/%1/current/link").arg(tag);
}

QString SampleRegistry::revisionLinkPath(const QString &repository, const Digest &digest) const
{
    return repositoryPath(repository) +
           QStringLiteral("/_manifests/revisions/sha256/%1/link").arg(QString::fromLatin1(digest.hex()));
}

QString SampleRegistry::layerLinkPath(const QString &repository, const Digest &digest) const
{
    return repositoryPath(repository) +
           QStringLiteral("/_layers/sha256/%1/link").arg(QString::fromLatin1(digest.hex()));
}

Digest SampleRegistry::putBlob(const QByteArray &bytes)
{
    const Digest digest = Digester::of(bytes);
    if (m_sizes.emplace(digest, bytes.size()).second) {
        writeFile(blobPath(digest), bytes);
    }
    return digest;
}

void SampleRegistry::putLink(const QString &path, const Digest &digest) const
{
    writeFile(path, digest.toByteArray());
}

SampleRegistry::LayerEntry SampleRegistry::putLayer(const QString &repository, const SampleLayer &layer)
{
    putBlob(layer.bytes);
    putLink(layerLinkPath(repository, layer.digest), layer.digest);
    return {layer.digest, layer.diffId, layer.bytes.size()};
}

SampleRegistry::LayerEntry SampleRegistry::randomLayer(const QString &repository, quint64 seed, qint64 bytes)
{
    auto [known, isNew] = m_randomLayers.try_emplace({seed, bytes});
    if (isNew) {
        known->second = putLayer(repository, makeRandomLayer(seed, bytes));
    } else {
        putLink(layerLinkPath(repository, known->second.digest), known->second.digest);
    }
    return known->second;
}

std::vector<SampleRegistry::LayerEntry> SampleRegistry::layersFor(const QString &repository,
                                                                  const QString &tag,
                                                                  const Platform &platform,
                                                                  const ImageSpec &spec)
{
    const QByteArray name = (repository + QLatin1Char(':') + tag).toUtf8();
    const QByteArray architecture = platform.toString().toUtf8();
    std::vector<LayerEntry> layers;
    for (int height = 0; height < spec.layers; ++height) {
        const QByteArray at = architecture + '/' + QByteArray::number(height);
        const bool isShared = height < spec.sharedLayers;
        const QByteArray owner =
            isShared ? "base" + QByteArray::number(spec.base.value_or(hashOf(name, 0)) % kBases)
                     : "image " + name;
        layers.push_back(randomLayer(repository, hashOf(owner + at, spec.seed), spec.bytesOfLayer(height)));
    }
    return layers;
}

QByteArray SampleRegistry::putConfig(const QString &repository, const Platform &platform,
                                     const std::vector<LayerEntry> &layers, const ImageSpec &spec,
                                     const QByteArray &runtime)
{
    std::vector<QByteArray> diffIds;
    std::vector<QByteArray> history;
    for (const LayerEntry &layer : layers) {
        diffIds.push_back(jsonString(layer.diffId.toByteArray()));
        history.push_back(
            jsonObject({{"created", jsonString(kDate)}, {"created_by", jsonString("ADD sample")}}));
    }
    const QByteArray json = jsonObject(
        {{"created", jsonString(kDate)},
         {"architecture", jsonString(platform.architecture.toUtf8())},
         {"os", jsonString(platform.os.toUtf8())},
         {"config", runtime},
         {"rootfs", jsonObject({{"type", jsonString("layers")}, {"diff_ids", jsonArray(diffIds)}})},
         {"history", jsonArray(history)}});
    const Digest digest = putBlob(json);
    putLink(layerLinkPath(repository, digest), digest);
    return descriptor(kindsOf(spec.kind).config, digest, json.size(), spec.style);
}

SampleManifest SampleRegistry::putManifest(const QString &repository, const Platform &platform,
                                           const std::vector<LayerEntry> &layers, const ImageSpec &spec,
                                           const QByteArray &runtime)
{
    const Kinds kinds = kindsOf(spec.kind);
    SampleManifest manifest;
    manifest.mediaType = kinds.manifest;
    manifest.platform = platform;
    std::vector<QByteArray> descriptors;
    for (const LayerEntry &layer : layers) {
        manifest.layers.push_back(layer.digest);
        descriptors.push_back(descriptor(kinds.layer, layer.digest, layer.size, spec.style));
    }
    const QByteArray config = putConfig(repository, platform, layers, spec, runtime);
    manifest.config = digestIn(config);
    manifest.bytes = manifestBytes(kinds.manifest, namesMediaType(spec),
                                   {{"config", config}, {"layers", jsonArray(descriptors)}}, spec.style);
    manifest.digest = putBlob(manifest.bytes);
    putLink(revisionLinkPath(repository, manifest.digest), manifest.digest);
    return manifest;
}

// A manifest of OCI's kind whose layers are no tars but a statement about the subject, once for each signer.
SampleManifest SampleRegistry::putArtifact(const QString &repository, const Platform &platform,
                                           const QByteArray &layerType, const Digest &subject,
                                           JsonStyle style, const QByteArrayList &signers)
{
    const QByteArray statement =
        jsonObject({{"_type", jsonString(layerType)}, {"subject", jsonString(subject.toByteArray())}});
    const Digest layer = putBlob(statement);
    putLink(layerLinkPath(repository, layer), layer);
    ImageSpec spec;
    spec.style = style;
    const auto count = static_cast<std::size_t>(signers.size());
    const QByteArray config = putConfig(
        repository, platform, std::vector<LayerEntry>(count, {layer, layer, statement.size()}), spec, "{}");

    SampleManifest manifest;
    manifest.platform = platform;
    manifest.mediaType = kindsOf(SampleKind::OciManifest).manifest;
    manifest.layers = {layer};
    manifest.config = digestIn(config);
    std::vector<QByteArray> layers;
    for (const QByteArray &signer : signers) {
        std::vector<JsonMember> more;
        if (!signer.isEmpty()) {
            more = {
                {"annotations", jsonObject({{"dev.cosignproject.cosign/signature", jsonString(signer)}})}};
        }
        layers.push_back(descriptor(layerType, layer, statement.size(), style, more));
    }
    manifest.bytes =
        manifestBytes(manifest.mediaType, true, {{"config", config}, {"layers", jsonArray(layers)}}, style);
    manifest.digest = putBlob(manifest.bytes);
    putLink(revisionLinkPath(repository, manifest.digest), manifest.digest);
    return manifest;
}

Sample SampleRegistry::putIndex(const QString &repository, std::vector<SampleManifest> children,
                                const ImageSpec &spec)
{
    std::vector<QByteArray> descriptors;
    for (const SampleManifest &child : children) {
        descriptors.push_back(
            descriptor(child.mediaType, child.digest, child.bytes.size(), spec.style, membersOf(child)));
    }
    Sample sample;
    sample.mediaType = kindsOf(spec.kind).index;
    sample.bytes = manifestBytes(sample.mediaType, namesMediaType(spec),
                                 {{"manifests", jsonArray(descriptors)}}, spec.style);
    sample.root = putBlob(sample.bytes);
    sample.manifests = std::move(children);
    putLink(revisionLinkPath(repository, sample.root), sample.root);
    return sample;
}

Sample SampleRegistry::tagged(Sample sample, const QString &repository, const QString &tag)
{
    sample.repository = repository;
    sample.tag = tag;
    putLink(repositoryPath(repository) + QStringLiteral("/_manifests/tags/%1/index/sha256/%2/link")
                                             .arg(tag, QString::fromLatin1(sample.root.hex())),
            sample.root);
    putLink(tagLinkPath(repository, tag), sample.root);
    return sample;
}

Sample SampleRegistry::add(const QString &repository, const QString &tag, const ImageSpec &spec)
{
    const QByteArray runtime = jsonObject({{"Cmd", jsonArray({jsonString("/bin/sample")})}});
    const auto manifestFor = [&](const Platform &platform) {
        return putManifest(repository, platform, layersFor(repository, tag, platform, spec), spec, runtime);
    };
    if (!isIndexKind(spec.kind)) {
        const SampleManifest manifest = manifestFor(Platform::linuxAmd64());
        return tagged({{}, {}, manifest.mediaType, manifest.bytes, manifest.digest, {manifest}}, repository,
                      tag);
    }
    std::vector<SampleManifest> children;
    std::transform(spec.platforms.begin(), spec.platforms.end(), std::back_inserter(children), manifestFor);
    if (spec.hasAttestation && !children.empty()) {
        children.push_back(putArtifact(repository, kUnknown, "application/vnd.in-toto+json",
                                       children.front().digest, spec.style));
        children.back().attested = children.front().digest;
    }
    return tagged(putIndex(repository, std::move(children), spec), repository, tag);
}

std::vector<Sample> SampleRegistry::addForList(const QByteArray &list, const ImageSpec &spec,
                                               bool underLibrary)
{
    std::vector<Sample> samples;
    QSet<QString> seen;
    for (const QByteArray &line : list.split('\n')) {
        const QString text = QString::fromUtf8(line).section(QLatin1Char('#'), 0, 0).trimmed();
        const Result<ImageReference> reference = ImageReference::parse(text);
        if (!reference || reference->digest || seen.contains(reference->toString())) {
            continue;
        }
        seen.insert(reference->toString());
        const int number = static_cast<int>(samples.size());
        ImageSpec own = spec;
        own.kind = static_cast<SampleKind>(number % sampleKindCount);
        own.style = static_cast<JsonStyle>(number / sampleKindCount % jsonStyleCount);
        own.hasAttestation = number % 3 == 0;
        const RepositoryName &name = reference->repository;
        samples.push_back(add(underLibrary && name.hasOnePart() ? QStringLiteral("library/") + name.toString()
                                                                : name.toString(),
                              reference->tag, own));
    }
    return samples;
}

Sample SampleRegistry::addBusybox(const QString &repository, const QString &tag, SampleKind kind)
{
    QFile program(QString::fromLatin1(kBusybox));
    if (!program.open(QIODevice::ReadOnly)) {
        qFatal("there is no %s to make an image of", kBusybox);
    }
    std::vector<SampleFile> files = {{"bin/busybox", program.readAll(), 0755, {}},
                                     {"etc/passwd", "root:x:0:0:root:/:/bin/sh\n", 0644, {}}};
    for (const char *applet : {"sh", "echo", "cat", "ls", "sleep", "httpd"}) {
        files.push_back({QByteArray("bin/") + applet, {}, 0777, "busybox"});
    }
    ImageSpec spec;
    spec.kind =
        isIndexKind(kind) ? (isDocker(kind) ? SampleKind::DockerManifest : SampleKind::OciManifest) : kind;
    const QByteArray runtime = jsonObject({{"Env", jsonArray({jsonString("PATH=/bin")})},
                                           {"Cmd", jsonArray({jsonString("/bin/sh"), jsonString("-c"),
                                                              jsonString("echo hello from the sample")})},
                                           {"WorkingDir", jsonString("/")}});
    const SampleManifest manifest = putManifest(repository, Platform::linuxAmd64(),
                                                {putLayer(repository, makeLayer(files))}, spec, runtime);
    if (!isIndexKind(kind)) {
        return tagged({{}, {}, manifest.mediaType, manifest.bytes, manifest.digest, {manifest}}, repository,
                      tag);
    }
    spec.kind = kind;
    return tagged(putIndex(repository, {manifest}, spec), repository, tag);
}

Sample SampleRegistry::addSignature(const QString &repository, const Digest &subject,
                                    const QByteArrayList &signers)
{
    const SampleManifest manifest =
        putArtifact(repository, Platform::linuxAmd64(), "application/vnd.dev.cosign.simplesigning.v1+json",
                    subject, JsonStyle::Compact, signers);
    return tagged({{}, {}, manifest.mediaType, manifest.bytes, manifest.digest, {manifest}}, repository,
                  QStringLiteral("sha256-%1.sig").arg(QString::fromLatin1(subject.hex())));
}

Sample SampleRegistry::addReferrer(const QString &repository, const Digest &subject, const QByteArray &type)
{
    ImageSpec spec;
    spec.kind = SampleKind::OciIndex;
    const SampleManifest child = putArtifact(repository, Platform::linuxAmd64(), type, subject, spec.style);
    return tagged(putIndex(repository, {child}, spec), repository,
                  QStringLiteral("sha256-%1").arg(QString::fromLatin1(subject.hex())));
}

} // namespace layerpool::test
