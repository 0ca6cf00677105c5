// SPDX-License-Identifier: Apache-2.0
#include "bundle/DockerArchive.h"

#include "base/Digester.h"
#include "base/Text.h"
#include "bundle/BundleRefusal.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace layerpool {
namespace {

constexpr char kPlainLayer[] = "application/vnd.docker.image.rootfs.diff.tar";
constexpr qsizetype kMostLayers = 10'000;

struct ArchivedLayer
{
    QByteArray file;
    Digest digest;
    QByteArray mediaType = kPlainLayer;
};

bool isPackedLayer(const QByteArray &file)
{
    return file.endsWith(".gz") || file.endsWith(".tgz");
}

QByteArray descriptorText(const QByteArray &mediaType, qint64 size, const Digest &digest)
{
    return R"({"mediaType":")" + mediaType + R"(","size":)" + QByteArray::number(size) + R"(,"digest":")" +
           digest.toByteArray() + R"("})";
}

class ArchiveReader
{
public:
    ArchiveReader(SourceFiles &files, SourceNames &names) : m_files(files), m_names(names) {}

    Result<SourceImages> read()
    {
        const Result<std::vector<dockerarchive::Image>> images = dockerarchive::readList(m_files);
        if (!images) {
            return images.error();
        }
        if (Status hashed = hashPacked(*images); !hashed) {
            return hashed.error();
        }
        for (const dockerarchive::Image &image : *images) {
            if (Status added = add(image); !added) {
                return added.error();
            }
        }
        m_images.images = m_names.take();
        m_images.notes << Text::tr(
            "The archive keeps no manifests: they are made anew, and their digests are "
            "not those of the registry that the images came from");
        return std::move(m_images);
    }

private:
    Error refused(const QByteArray &file, const QString &why) const
    {
        return refusedEntry(m_files.path(), file, why);
    }

    Status hashPacked(const std::vector<dockerarchive::Image> &images)
    {
        std::set<QByteArray> packed;
        for (const dockerarchive::Image &image : images) {
            for (const QByteArray &layer : image.layers) {
                const QByteArray file = m_files.resolved(layer);
                if (isPackedLayer(file)) {
                    packed.insert(file);
                }
            }
        }
        return packed.empty() ? Status()
                              : m_files.forEach(packed, [&](const QByteArray &name, BlobBytes &bytes) {
                                    return hash(name, bytes);
                                });
    }

    Status hash(const QByteArray &name, BlobBytes &bytes)
    {
        Digester digester;
        while (true) {
            const Result<QByteArrayView> piece = bytes.read();
            if (!piece) {
                return piece.error();
            }
            if (piece->isEmpty()) {
                m_packed.emplace(name, digester.finish());
                return {};
            }
            digester.add(*piece);
        }
    }

    Status add(const dockerarchive::Image &image)
    {
        const QByteArray file = m_files.resolved(image.config);
        if (file.isEmpty()) {
            return refused(image.config, Text::tr("it is missing"));
        }
        const Result<QByteArray> config = m_files.text(file, Manifest::maxBytes);
        if (!config) {
            return config.error();
        }
        const Result<std::vector<ArchivedLayer>> layers = layersOf(image, file, *config);
        if (!layers) {
            return layers.error();
        }
        const Digest configDigest = Digester::of(*config);
        m_images.files.emplace(configDigest, file);
        QByteArrayList descriptors;
        for (const ArchivedLayer &layer : *layers) {
            m_images.files.emplace(layer.digest, layer.file);
            descriptors << descriptorText(layer.mediaType, m_files.sizes().at(layer.file), layer.digest);
        }
        const QByteArray manifest = QByteArray(R"({"schemaVersion":2,"mediaType":")") +
                                    mediatype::dockerManifest + R"(","config":)" +
                                    descriptorText(mediatype::dockerConfig, config->size(), configDigest) +
                                    R"(,"layers":[)" + descriptors.join(',') + "]}";
        const Digest root = Digester::of(manifest);
        m_images.made.emplace(root, manifest);
        return name(image, root);
    }

    Status name(const dockerarchive::Image &image, const Digest &root)
    {
        if (image.tags.isEmpty()) {
            return m_names.addUnnamed(dockerarchive::listFile, root);
        }
        for (const QString &tag : image.tags) {
            if (Status added = m_names.addNamed(dockerarchive::listFile, tag, root); !added) {
                return added;
            }
        }
        return {};
    }

    // An unpacked layer is known by the digest that the config has of it.
    Result<std::vector<ArchivedLayer>> layersOf(const dockerarchive::Image &image,
                                                const QByteArray &configFile, const QByteArray &config) const
    {
        const QJsonArray diffIds = QJsonDocument::fromJson(config)
                                       .object()
                                       .value(QLatin1String("rootfs"))
                                       .toObject()
                                       .value(QLatin1String("diff_ids"))
                                       .toArray();
        if (diffIds.size() != image.layers.size() || diffIds.size() > kMostLayers) {
            return refused(configFile, Text::tr("it speaks of %1 layers, and the archive's list of %2")
                                           .arg(diffIds.size())
                                           .arg(image.layers.size()));
        }
        std::vector<ArchivedLayer> layers;
        for (qsizetype i = 0; i < diffIds.size(); ++i) {
            const QByteArray file = m_files.resolved(image.layers[i]);
            const auto diffId = Digest::parse(diffIds[i].toString());
            if (file.isEmpty() || !diffId) {
                return file.isEmpty() ? refused(image.layers[i], Text::tr("it is missing"))
                                      : refused(configFile, Text::tr("it names a layer without a digest"));
            }
            const auto packed = m_packed.find(file);
            layers.push_back(packed == m_packed.end()
                                 ? ArchivedLayer{file, *diffId}
                                 : ArchivedLayer{file, packed->second, mediatype::dockerLayer});
        }
        return layers;
    }

    SourceFiles &m_files;
    SourceNames &m_names;
    SourceImages m_images;
    std::map<QByteArray, Digest> m_packed; ///< digests of the layers that are, by their files' names
};

} // namespace

Result<std::vector<dockerarchive::Image>> dockerarchive::readList(const SourceFiles &files)
{
    const Result<QByteArray> text = files.text(listFile, SourceFiles::mostListBytes);
    if (!text) {
        return text.error();
    }
    const QJsonDocument json = QJsonDocument::fromJson(*text);
    if (!json.isArray()) {
        return refusedEntry(files.path(), listFile, Text::tr("it is no list of images"));
    }
    std::vector<Image> images;
    for (const QJsonValue &value : json.array()) {
        const QJsonObject object = value.toObject();
        Image image{object.value(QLatin1String("Config")).toString().toUtf8(), {}, {}};
        for (const QJsonValue &tag : object.value(QLatin1String("RepoTags")).toArray()) {
            image.tags << tag.toString();
        }
        for (const QJsonValue &layer : object.value(QLatin1String("Layers")).toArray()) {
            image.layers << layer.toString().toUtf8();
        }
        images.push_back(std::move(image));
    }
    return images;
}

Result<SourceImages> readDockerArchive(SourceFiles &files, SourceNames &names)
{
    return ArchiveReader(files, names).read();
}

} // namespace layerpool
