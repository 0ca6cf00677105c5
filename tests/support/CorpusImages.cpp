// SPDX-License-Identifier: Apache-2.0
#include "support/CorpusImages.h"

#include "support/SampleLayers.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace layerpool::test {
namespace {

const QByteArray kDockerManifest = "application/vnd.docker.distribution.manifest.v2+json";
const QByteArray kDockerList = "application/vnd.docker.distribution.manifest.list.v2+json";
const QByteArray kOciManifest = "application/vnd.oci.image.manifest.v1+json";
const QByteArray kOciIndex = "application/vnd.oci.image.index.v1+json";
const QByteArray kOciLayer = "application/vnd.oci.image.layer.v1.tar";

bool isDocker(const QByteArray &type)
{
    return type.contains("docker");
}

QByteArray configType(const QByteArray &manifestType)
{
    return isDocker(manifestType) ? "application/vnd.docker.container.image.v1+json"
                                  : "application/vnd.oci.image.config.v1+json";
}

QByteArray layerType(const QByteArray &manifestType)
{
    return isDocker(manifestType) ? "application/vnd.docker.image.rootfs.diff.tar.gzip" : kOciLayer + "+gzip";
}

QByteArray platform(const QByteArray &architecture, const QByteArray &os = "linux")
{
    return R"(, "platform": {"architecture": ")" + architecture + R"(", "os": ")" + os + "\"}";
}

SampleLayer fileLayer(const QByteArray &name, SampleCompression compression = SampleCompression::Gzip)
{
    return makeLayer({{"etc/" + name, "this is " + name + '\n', 0644, {}}}, compression);
}

template <typename Parts>
QByteArray listed(const Parts &parts)
{
    QByteArrayList descriptors;
    for (const auto &part : parts) {
        descriptors << part.descriptor;
    }
    return '[' + descriptors.join(", ") + ']';
}

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!QDir().mkpath(QFileInfo(path).path()) || !file.open(QIODevice::WriteOnly) ||
        file.write(bytes) != bytes.size() || !file.flush()) {
        qFatal("cannot write %s", qUtf8Printable(path));
    }
}

QString slashed(const Digest &digest)
{
    return digest.toString().replace(QLatin1Char(':'), QLatin1Char('/'));
}

} // namespace

HandMadeStorage::HandMadeStorage(QString directory) : m_path(std::move(directory)) {}

Digest HandMadeStorage::putData(const QByteArray &bytes, Digest::Algorithm algorithm) const
{
    const Digest digest = Digester::of(bytes, algorithm);
    const QString hex = QString::fromLatin1(digest.hex());
    write(m_path + QStringLiteral("/docker/registry/v2/blobs/%1/%2/%3/data")
                       .arg(QString::fromLatin1(digest.algorithmName()), hex.left(2), hex),
          bytes);
    return digest;
}

void HandMadeStorage::putLink(const QString &repository, const QString &place, const Digest &digest) const
{
    const QString root = m_path + QStringLiteral("/docker/registry/v2/repositories/") + repository;
    QDir().mkpath(root + QStringLiteral("/_layers")); // a registry knows a repository by it
    write(root + QLatin1Char('/') + place + QStringLiteral("/link"), digest.toByteArray());
}

Digest HandMadeStorage::addBlob(const QString &repository, const QByteArray &bytes,
                                Digest::Algorithm algorithm) const
{
    const Digest digest = putData(bytes, algorithm);
    putLink(repository, QStringLiteral("_layers/") + slashed(digest), digest);
    return digest;
}

Digest HandMadeStorage::addManifest(const QString &repository, const QByteArray &bytes,
                                    Digest::Algorithm algorithm) const
{
    const Digest digest = putData(bytes, algorithm);
    putLink(repository, QStringLiteral("_manifests/revisions/") + slashed(digest), digest);
    return digest;
}

void HandMadeStorage::tag(const QString &repository, const QString &tag, const Digest &root) const
{
    const QString place = QStringLiteral("_manifests/tags/") + tag;
    putLink(repository, place + QStringLiteral("/index/") + slashed(root), root);
    putLink(repository, place + QStringLiteral("/current"), root);
}

CorpusImages::CorpusImages(const QString &storageDirectory) : m_storage(storageDirectory)
{
    addImages();
    addIndexes();
    addArtifacts();
    addCompressions();
    addForeignKinds();
    addLegacy();
    addSha512();
}

const CorpusImages::Image &CorpusImages::of(const QString &kind) const
{
    const auto found = std::find_if(m_images.begin(), m_images.end(),
                                    [&](const Image &image) { return image.kind == kind; });
    if (found == m_images.end()) {
        qFatal("no image of the corpus is called %s", qUtf8Printable(kind));
    }
    return *found;
}

QByteArray CorpusImages::list() const
{
    QByteArray lines;
    for (const Image &image : m_images) {
        lines += image.reference().toUtf8() + '\n';
    }
    return lines;
}

QByteArray CorpusImages::foreignBytes()
{
    return fileLayer("foreign").bytes;
}

QByteArray CorpusImages::foreignAddress()
{
    return "http://127.0.0.1:1/vendor/layer"; // nobody listens there
}

void CorpusImages::begin(const QString &kind)
{
    m_images.push_back({kind, QStringLiteral("kinds/") + kind, {}, {}});
}

void CorpusImages::finish(const Part &root)
{
    m_images.back().root = root.digest;
    m_storage.tag(m_images.back().repository, QStringLiteral("1"), root.digest);
}

CorpusImages::Part CorpusImages::blob(const QByteArray &type, const QByteArray &bytes, const QByteArray &more,
                                      Digest::Algorithm algorithm) const
{
    const Digest digest = m_storage.addBlob(m_images.back().repository, bytes, algorithm);
    return {R"({"mediaType": ")" + type + R"(", "size": )" + QByteArray::number(bytes.size()) +
                R"(, "digest": ")" + digest.toByteArray() + '"' + more + '}',
            digest};
}

// Laid out as nobody would who writes it anew.
CorpusImages::Part CorpusImages::manifest(const QByteArray &type, const QByteArray &members,
                                          const QByteArray &more, Digest::Algorithm algorithm)
{
    const QByteArray bytes = "{\"schemaVersion\" :2,\r\n" +
                             (type.isEmpty() ? QByteArray() : "\t\"mediaType\": \"" + type + "\",\n") +
                             "   " + members + "\n}\n";
    const Digest digest = m_storage.addManifest(m_images.back().repository, bytes, algorithm);
    m_images.back().manifests.emplace(digest, bytes);
    return {R"({"mediaType": ")" + (type.isEmpty() ? kOciManifest : type) + R"(", "size": )" +
                QByteArray::number(bytes.size()) + R"(, "digest": ")" + digest.toByteArray() + '"' + more +
                '}',
            digest};
}

CorpusImages::Part CorpusImages::image(const QByteArray &type, const QByteArray &architecture,
                                       const std::vector<Part> &layers, const std::vector<Digest> &diffIds)
{
    QByteArrayList ids;
    for (const Digest &id : diffIds) {
        ids << '"' + id.toByteArray() + '"';
    }
    const QByteArray config =
        R"({"architecture": ")" + architecture +
        R"(", "os": "linux", "config": {}, "rootfs": {"type": "layers", "diff_ids": [)" + ids.join(", ") +
        "]}}";
    const Part part = blob(configType(type), config);
    return manifest(type, R"("config": )" + part.descriptor + R"(, "layers": )" + listed(layers),
                    platform(architecture));
}

CorpusImages::Part CorpusImages::smallImage(const QByteArray &type, const QByteArray &architecture)
{
    const SampleLayer layer = fileLayer(architecture);
    return image(type, architecture, {blob(layerType(type), layer.bytes)}, {layer.diffId});
}

CorpusImages::Part CorpusImages::index(const QByteArray &type, const std::vector<Part> &children,
                                       const QByteArray &more)
{
    return manifest(type, R"("manifests": )" + listed(children), more);
}

CorpusImages::Part CorpusImages::attestation(const Part &subject)
{
    const QByteArray statement = R"({"_type": "https://in-toto.io/Statement/v0.1", "subject": ")" +
                                 subject.digest.toByteArray() + "\"}";
    const Part config = blob(configType(kOciManifest), R"({"architecture": "unknown", "os": "unknown"})");
    return manifest(kOciManifest,
                    R"("config": )" + config.descriptor + R"(, "layers": [)" +
                        blob("application/vnd.in-toto+json", statement).descriptor + ']',
                    platform("unknown", "unknown") +
                        R"(, "annotations": {"vnd.docker.reference.type": "attestation-manifest", )" +
                        R"("vnd.docker.reference.digest": ")" + subject.digest.toByteArray() + "\"}");
}

void CorpusImages::addImages()
{
    begin(QStringLiteral("docker"));
    finish(smallImage(kDockerManifest, "amd64"));
    begin(QStringLiteral("oci"));
    finish(smallImage(kOciManifest, "amd64"));
    begin(QStringLiteral("oci-untyped"));
    finish(smallImage({}, "amd64"));
}

void CorpusImages::addIndexes()
{
    begin(QStringLiteral("docker-list"));
    finish(index(kDockerList, {smallImage(kDockerManifest, "amd64"), smallImage(kDockerManifest, "arm64")}));

    begin(QStringLiteral("oci-index"));
    const Part amd64 = smallImage(kOciManifest, "amd64");
    const Part arm64 = smallImage(kOciManifest, "arm64");
    const Part s390x = smallImage(kOciManifest, "s390x");
    finish(
        index(kOciIndex, {amd64, arm64, s390x, attestation(amd64), attestation(arm64), attestation(s390x)}));

    begin(QStringLiteral("nested-index"));
    const Part inner =
        index(kOciIndex, {smallImage(kOciManifest, "amd64"), smallImage(kDockerManifest, "arm64")},
              platform("amd64"));
    finish(index(kOciIndex, {inner, smallImage(kOciManifest, "s390x")}));
}

void CorpusImages::addArtifacts()
{
    const QByteArray empty = "application/vnd.oci.empty.v1+json";
    begin(QStringLiteral("artifact"));
    const Part config = blob(empty, "{}", R"(, "data": "e30=")");
    const Part layer = blob("text/spdx", "a list of parts", R"(, "annotations": {"size": "1", "Size": "2"})");
    finish(manifest(kOciManifest, R"("artifactType": "application/spdx", "config": )" + config.descriptor +
                                      R"(, "layers": [)" + layer.descriptor + "]"));

    begin(QStringLiteral("helm"));
    const Part chart = blob("application/vnd.cncf.helm.config.v1+json", R"({"name": "chart"})");
    const Part content =
        blob("application/vnd.cncf.helm.chart.content.v1.tar+gzip", fileLayer("chart").bytes);
    finish(manifest(kOciManifest,
                    R"("config": )" + chart.descriptor + R"(, "layers": [)" + content.descriptor + "]"));
}

void CorpusImages::addCompressions()
{
    const auto add = [this](const char *kind, const QByteArray &ending, SampleCompression compression) {
        begin(QString::fromLatin1(kind));
        const SampleLayer layer = fileLayer(kind, compression);
        finish(image(kOciManifest, "amd64", {blob(kOciLayer + ending, layer.bytes)}, {layer.diffId}));
    };
    add("zstd", "+zstd", SampleCompression::Zstd);
    add("uncompressed", "", SampleCompression::None);
}

// A registry has the descriptors of these layers, and not the layers.
void CorpusImages::addForeignKinds()
{
    const auto add = [this](const char *kind, const QByteArray &manifestType, const QByteArray &type) {
        begin(QString::fromLatin1(kind));
        const SampleLayer foreign = fileLayer("foreign");
        const Part vendors{R"({"mediaType": ")" + type + R"(", "size": )" +
                               QByteArray::number(foreign.bytes.size()) + R"(, "digest": ")" +
                               foreign.digest.toByteArray() + R"(", "urls": [")" + foreignAddress() + "\"]}",
                           foreign.digest};
        const SampleLayer own = fileLayer(kind + QByteArray("-own"));
        finish(image(manifestType, "amd64", {vendors, blob(layerType(manifestType), own.bytes)},
                     {foreign.diffId, own.diffId}));
    };
    add("foreign", kDockerManifest, "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip");
    add("nondistributable", kOciManifest, "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip");
}

// What was signed, as registries store it: they sign it anew when they serve it.
void CorpusImages::addLegacy()
{
    begin(QStringLiteral("legacy"));
    Image &image = m_images.back();
    const auto sum = [&](const QByteArray &name) {
        return R"({"blobSum": ")" + m_storage.addBlob(image.repository, fileLayer(name).bytes).toByteArray() +
               "\"}";
    };
    const QByteArray upper = sum("upper");
    const QByteArray bytes = R"({
   "schemaVersion": 1,
   "name": "kinds/legacy",
   "tag": "1",
   "architecture": "amd64",
   "fsLayers": [)" + upper + ", " +
                             sum("lower") + R"(],
   "history": [{"v1Compatibility": "{\"id\":\")" +
                             QByteArray(64, '2') + R"(\",\"parent\":\")" + QByteArray(64, '1') +
                             R"(\",\"architecture\":\"amd64\",\"os\":\"linux\"}"},
               {"v1Compatibility": "{\"id\":\")" +
                             QByteArray(64, '1') + R"(\"}"}]
})";
    image.root = m_storage.addManifest(image.repository, bytes);
    image.manifests.emplace(image.root, bytes);
    m_storage.tag(image.repository, QStringLiteral("1"), image.root);
}

void CorpusImages::addSha512()
{
    constexpr auto sha512 = Digest::Algorithm::Sha512;
    begin(QStringLiteral("sha512"));
    const SampleLayer layer = fileLayer("sha512");
    finish(image(kOciManifest, "amd64", {blob(layerType(kOciManifest), layer.bytes, {}, sha512)},
                 {layer.diffId}));

    begin(QStringLiteral("sha512-child"));
    const Part config =
        blob(configType(kOciManifest), R"({"architecture": "amd64", "os": "linux"})", {}, sha512);
    const Part child =
        manifest(kOciManifest, R"("layers": [], "config": )" + config.descriptor, platform("amd64"), sha512);
    finish(index(kOciIndex, {child}));
}

} // namespace layerpool::test
