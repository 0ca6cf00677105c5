// SPDX-License-Identifier: Apache-2.0
#include "bundle/OciLayout.h"

#include "base/Text.h"
#include "bundle/BundleRefusal.h"
#include "bundle/DockerArchive.h"
#include "image/ManifestJson.h"

#include <QJsonArray>

#include <set>

namespace layerpool {
namespace {

const QString kContainerdName = QStringLiteral("io.containerd.image.name");

Result<QJsonObject> layoutJson(const SourceFiles &files, const QByteArray &name)
{
    const Result<QByteArray> text = files.text(name, SourceFiles::mostListBytes);
    if (!text) {
        return text.error();
    }
    Result<QJsonObject> json = readManifestJson(*text);
    return json ? std::move(json) : refusedEntry(files.path(), name, json.error().why);
}

// Without a name, or with a tag alone.
struct HalfNamed
{
    QString tag;
    Digest root;
};

class LayoutReader
{
public:
    LayoutReader(SourceFiles &files, SourceNames &names) : m_files(files), m_names(names) {}

    Result<SourceImages> read()
    {
        if (Status marked = checkMark(); !marked) {
            return marked.error();
        }
        findBlobs();
        const Result<QJsonObject> index = layoutJson(m_files, ocilayout::indexFile);
        if (!index) {
            return index.error();
        }
        if (Status found = findTags(); !found) {
            return found.error();
        }
        for (const QJsonValue &descriptor : index->value(QLatin1String("manifests")).toArray()) {
            if (Status added = add(descriptor.toObject()); !added) {
                return added.error();
            }
        }
        if (Status added = addHalfNamed(); !added) {
            return added.error();
        }
        m_images.images = m_names.take();
        return std::move(m_images);
    }

private:
    Status checkMark() const
    {
        const Result<QJsonObject> mark = layoutJson(m_files, ocilayout::markFile);
        if (!mark) {
            return mark.error();
        }
        const QString version = mark->value(QLatin1String("imageLayoutVersion")).toString();
        return version.startsWith(QLatin1String("1."))
                   ? Status()
                   : refusedEntry(m_files.path(), ocilayout::markFile,
                                  Text::tr("it is of no version that is known"));
    }

    void findBlobs()
    {
        for (const auto &[name, size] : m_files.sizes()) {
            const QByteArrayList parts = name.split('/');
            if (parts.size() != 3 || parts[0] != "blobs") {
                continue;
            }
            if (const auto digest = Digest::parse(QByteArrayView(parts[1] + ':' + parts[2]))) {
                m_images.files.emplace(*digest, name);
            }
        }
    }

    Status findTags()
    {
        if (!m_files.has(dockerarchive::listFile)) {
            return {};
        }
        const Result<std::vector<dockerarchive::Image>> images = dockerarchive::readList(m_files);
        if (!images) {
            return images.error();
        }
        for (const dockerarchive::Image &image : *images) {
            m_tagsByConfig[image.config] << image.tags;
        }
        return {};
    }

    Status add(const QJsonObject &descriptor)
    {
        const auto digest = Digest::parse(descriptor.value(QLatin1String("digest")).toString());
        if (!digest) {
            return refusedEntry(m_files.path(), ocilayout::indexFile,
                                Text::tr("it names a manifest without a digest"));
        }
        const QJsonObject annotations = descriptor.value(QLatin1String("annotations")).toObject();
        const QString whole = annotations.value(kContainerdName).toString();
        const QString name = annotations.value(QLatin1String(ocilayout::refName)).toString();
        if (!whole.isEmpty()) {
            return m_names.addNamed(ocilayout::indexFile, whole, *digest);
        }
        if (name.contains(QLatin1Char('/')) || name.contains(QLatin1Char(':'))) {
            return m_names.addNamed(ocilayout::indexFile, name, *digest);
        }
        std::set<Digest> seen;
        const QStringList tags = m_tagsByConfig.empty() ? QStringList() : dockerTagsOf(*digest, 0, seen);
        for (const QString &tag : tags) {
            if (Status added = m_names.addNamed(dockerarchive::listFile, tag, *digest); !added) {
                return added;
            }
        }
        if (tags.isEmpty() && !name.isEmpty() && !isTag(name)) {
            return m_names.addNamed(ocilayout::indexFile, name, *digest); // it says what is wrong
        }
        if (tags.isEmpty()) {
            m_halfNamed.push_back({name, *digest});
        }
        return {};
    }

    // Docker's own list names the config, in the same layout.
    QStringList dockerTagsOf(const Digest &digest, int depth, std::set<Digest> &seen) const
    {
        if (depth > Manifest::maxIndexDepth || !seen.insert(digest).second) {
            return {};
        }
        const Result<Manifest> manifest = manifestOf(m_files, m_images, digest);
        if (!manifest) {
            return {}; // whoever needs it will say so
        }
        const QByteArray config = manifest->isIndex() || manifest->config().digest.isNull()
                                      ? QByteArray()
                                      : ocilayout::blob(manifest->config().digest);
        const auto found = m_tagsByConfig.find(config);
        QStringList tags = found != m_tagsByConfig.end() ? found->second : QStringList();
        for (const Descriptor &child : manifest->children()) {
            tags << dockerTagsOf(child.digest, depth + 1, seen);
        }
        return tags;
    }

    // A layout keeps signatures and the like without a name beside the images that have one.
    Status addHalfNamed()
    {
        int left = 0;
        for (const HalfNamed &image : m_halfNamed) {
            const bool isLeft = image.tag.isEmpty() && !m_names.areGiven() && !m_names.empty();
            const Status added = isLeft ? Status()
                                 : image.tag.isEmpty()
                                     ? m_names.addUnnamed(ocilayout::indexFile, image.root)
                                     : m_names.addTagged(ocilayout::indexFile, image.tag, image.root);
            if (!added) {
                return added;
            }
            left += isLeft ? 1 : 0;
        }
        if (left > 0) {
            m_images.notes << Text::tr("%n image(s) that have no name stay behind", nullptr, left);
        }
        return {};
    }

    SourceFiles &m_files;
    SourceNames &m_names;
    SourceImages m_images;
    std::map<QByteArray, QStringList> m_tagsByConfig; ///< by its file's name, as Docker's list says
    std::vector<HalfNamed> m_halfNamed;
};

} // namespace

QByteArray ocilayout::blob(const Digest &digest)
{
    return "blobs/" + digest.algorithmName() + '/' + digest.hex();
}

Result<SourceImages> readOciLayout(SourceFiles &files, SourceNames &names)
{
    return LayoutReader(files, names).read();
}

} // namespace layerpool
