// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Digest.h"
#include "image/Platform.h"
#include "support/SampleJson.h"
#include "support/SampleLayers.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QString>
#include <QStringList>

#include <map>
#include <optional>
#include <vector>

namespace layerpool::test {

enum class SampleKind { DockerManifest, DockerList, OciManifest, OciIndex };
inline constexpr int sampleKindCount = 4;

/// What to make. Whatever is not said follows from the seed, the repository and the tag.
struct ImageSpec
{
    SampleKind kind = SampleKind::OciManifest;
    JsonStyle style = JsonStyle::ThreeSpaces;
    int layers = 3;
    qint64 layerBytes = 4096;            ///< of each layer, about; nothing in it compresses
    std::vector<qint64> layerSizes = {}; ///< where they differ: lowest first, the last holds for all above
    int sharedLayers = 1; ///< so many of the layers, the lowest, are bases that other images have too
    std::optional<quint64> base = {}; ///< which bases; by its name where nothing is said
    quint64 seed = 1;
    std::vector<Platform> platforms = bothPlatforms(); ///< of the children of a list or index
    bool hasAttestation = false; ///< adds a child for unknown/unknown to a list or index, of the first one
    bool namesMediaType = true;  ///< OCI manifests and indexes may leave `mediaType` out

    /// linux/amd64 and linux/arm64.
    static std::vector<Platform> bothPlatforms();

    qint64 bytesOfLayer(int height) const;
};

/// A manifest of one platform, as it was stored.
struct SampleManifest
{
    QByteArray mediaType;
    QByteArray bytes;
    Digest digest;
    Digest config;
    std::vector<Digest> layers; ///< lowest first
    Platform platform;
    std::optional<Digest> attested = {}; ///< the child that an attestation speaks of
};

/// An image, as it was stored.
struct Sample
{
    QString repository;
    QString tag;
    QByteArray mediaType;                  ///< of what the tag names
    QByteArray bytes;                      ///< of what the tag names
    Digest root;                           ///< of what the tag names
    std::vector<SampleManifest> manifests; ///< one, or the children of the index in its order

    bool isIndex() const { return manifests.size() != 1 || manifests.front().digest != root; }
    const SampleManifest &of(const Platform &platform) const;
    const SampleManifest &amd64() const { return of(Platform::linuxAmd64()); }
    QString reference() const { return repository + QLatin1Char(':') + tag; }
};

/// Makes images and writes them into the storage directory of a registry (Docker Distribution's layout, as
/// `storage.filesystem.rootdirectory` names it). It knows the layout by itself and shares no line with
/// core/pool, so that what one wrote wrong the other does not take for right.
///
/// The same calls with the same seeds give the same bytes. Failures to write end the program: tests can't
/// go on without their samples.
class SampleRegistry
{
public:
    explicit SampleRegistry(QString storageDirectory);

    const QString &path() const { return m_path; }

    Sample add(const QString &repository, const QString &tag, const ImageSpec &spec = {});

    /// An image for each line of a list, its kind, style and platforms changing from image to image. Lines
    /// that ask for a digest are left out, as are lines that are none; a repeated line counts once.
    /// `underLibrary` puts names of one part below `library/`, as Docker Hub does.
    std::vector<Sample> addForList(const QByteArray &list, const ImageSpec &spec = {},
                                   bool underLibrary = false);

    /// An image that runs: the machine's own static busybox.
    Sample addBusybox(const QString &repository, const QString &tag,
                      SampleKind kind = SampleKind::OciManifest);

    /// A cosign signature: the tag `sha256-<hex>.sig` on a manifest with one small layer for each signer, the
    /// same that all of them signed; their signatures are annotations.
    Sample addSignature(const QString &repository, const Digest &subject,
                        const QByteArrayList &signers = {"somebody"});

    /// A referrer by OCI's fallback tag: `sha256-<hex>` on an index of one manifest that names the subject.
    Sample addReferrer(const QString &repository, const Digest &subject,
                       const QByteArray &type = "application/spdx+json");

    /// What was stored so far, each blob once.
    qint64 blobCount() const { return static_cast<qint64>(m_sizes.size()); }
    qint64 blobBytes() const;

    QString blobPath(const Digest &digest) const;
    QString tagLinkPath(const QString &repository, const QString &tag) const;
    QString revisionLinkPath(const QString &repository, const Digest &digest) const;
    QString layerLinkPath(const QString &repository, const Digest &digest) const;

private:
    struct LayerEntry
    {
        Digest digest;
        Digest diffId;
        qint64 size = 0;
    };

    QString repositoryPath(const QString &repository) const;
    Digest putBlob(const QByteArray &bytes);
    void putLink(const QString &path, const Digest &digest) const;
    LayerEntry putLayer(const QString &repository, const SampleLayer &layer);
    LayerEntry randomLayer(const QString &repository, quint64 seed, qint64 bytes);
    QByteArray putConfig(const QString &repository, const Platform &platform,
                         const std::vector<LayerEntry> &layers, const ImageSpec &spec,
                         const QByteArray &runtime);
    SampleManifest putManifest(const QString &repository, const Platform &platform,
                               const std::vector<LayerEntry> &layers, const ImageSpec &spec,
                               const QByteArray &runtime);
    SampleManifest putArtifact(const QString &repository, const Platform &platform,
                               const QByteArray &layerType, const Digest &subject, JsonStyle style,
                               const QByteArrayList &signers = {""});
    Sample putIndex(const QString &repository, std::vector<SampleManifest> children, const ImageSpec &spec);
    Sample tagged(Sample sample, const QString &repository, const QString &tag);
    std::vector<LayerEntry> layersFor(const QString &repository, const QString &tag, const Platform &platform,
                                      const ImageSpec &spec);

    QString m_path;
    std::map<Digest, qint64> m_sizes;
    std::map<std::pair<quint64, qint64>, LayerEntry>
        m_randomLayers; ///< by seed and size: bases are made once
};

} // namespace layerpool::test
