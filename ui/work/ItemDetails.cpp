// SPDX-License-Identifier: Apache-2.0
#include "work/ItemDetails.h"

#include "Words.h"
#include "base/Text.h"
#include "image/ImageConfig.h"
#include "image/ReferrerTag.h"
#include "pool/PoolLayout.h"
#include "pool/PoolReferrers.h"
#include "work/JsonText.h"
#include "work/PoolRows.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

#include <span>

namespace layerpool {
namespace {

// A base layer may be needed by thousands, a repository may have as many tags; who wants them all has the
// views of the blobs and of the tree.
constexpr size_t kMostRows = 200;

QString sizeText(qint64 bytes)
{
    return Text::tr("%1 (%2)", "1.4 GB, and exactly").arg(formatBytes(bytes), exactBytes(bytes));
}

/// "/bin/sh -c #(nop)  CMD ["sh"]" is what builders write of a step that ran nothing.
QString commandOf(const QString &written)
{
    QString command = written;
    for (const QLatin1String shell : {QLatin1String("/bin/sh -c #(nop) "), QLatin1String("/bin/sh -c ")}) {
        if (command.startsWith(shell)) {
            command.remove(0, shell.size());
            break;
        }
    }
    return command.trimmed();
}

class Reader
{
public:
    Reader(const PoolIndex &index, const PoolItem &item) : m_index(index), m_item(item) {}

    ItemDetails read()
    {
        m_details.title = m_item.reference;
        switch (m_item.kind) {
        case PoolItem::Kind::None:
            break;
        case PoolItem::Kind::Repository:
            addRepository();
            break;
        case PoolItem::Kind::Image:
        case PoolItem::Kind::Platform:
            addManifest();
            break;
        case PoolItem::Kind::Config:
        case PoolItem::Kind::Layer:
            addBlob();
            break;
        }
        std::erase_if(m_details.groups, [](const ItemDetails::Group &group) { return group.facts.empty(); });
        return std::move(m_details);
    }

private:
    ItemDetails::Group &begin(const char *key, const QString &name)
    {
        m_details.groups.push_back({QLatin1String(key), name, {}});
        return m_details.groups.back();
    }

    void add(const QString &name, const QString &value, const QString &image = {})
    {
        if (!value.isEmpty()) {
            m_details.groups.back().facts.push_back({name, value, image});
        }
    }

    // What an image names is there also where it is empty: `FOO=`, say.
    void addNamed(const QString &name, const QString &value)
    {
        m_details.groups.back().facts.push_back({name, value, {}});
    }

    void addRepository()
    {
        const auto name = RepositoryName::parse(m_item.reference);
        const PoolRepository *repository = name ? m_index.repository(*name) : nullptr;
        if (repository == nullptr) {
            return;
        }
        const auto &figures = m_index.usage().repository(int(repository - m_index.repositories().data()));
        begin("summary", Text::tr("Summary"));
        add(Text::tr("Repository"), m_item.reference);
        add(Text::tr("Images"), QLocale().toString(repository->images()));
        add(Text::tr("Size"), sizeText(figures.bytes));
        add(Text::tr("Unique"), sizeText(figures.uniqueBytes));
        add(Text::tr("Newest"), textOf(createdOf(m_index, *repository)));
        begin("tags", Text::tr("Tags"));
        int left = repository->images();
        for (auto tag = repository->tags.begin(); left > 0 && tag != repository->tags.end(); ++tag) {
            if (m_details.groups.back().facts.size() == kMostRows) {
                addMore(left);
                return;
            }
            if (!tag->isReferrer()) {
                add(tag->tag, tag->digest.toString(), tag->toString());
                --left;
            }
        }
    }

    void addMore(int left) { add(Text::tr("and %n more", nullptr, left), QStringLiteral("…")); }

    void addManifest()
    {
        const Manifest *manifest = m_index.manifest(m_item.digest);
        begin("summary", Text::tr("Summary"));
        add(Text::tr("Image"), m_item.reference, imageName());
        add(Text::tr("Digest"), m_item.digest.toString());
        if (manifest == nullptr) {
            add(Text::tr("Manifest"), Text::tr("missing, or damaged"));
            return;
        }
        setBytes(m_details.manifest, manifest->bytes());
        if (m_item.kind == PoolItem::Kind::Image) {
            addImageFigures();
        }
        add(Text::tr("Kind"), QString::fromLatin1(manifest->mediaType()));
        if (manifest->isIndex()) {
            addChildren(*manifest);
        } else {
            addImage(*manifest);
        }
        addAnnotations(*manifest);
        addReferrers(*manifest);
    }

    /// As it is pulled; empty for a signature and the like.
    QString imageName() const
    {
        const QString repository = m_item.reference.section(QLatin1Char(':'), 0, 0);
        if (m_item.kind == PoolItem::Kind::Platform) {
            return repository.isEmpty() ? QString()
                                        : repository + QLatin1Char('@') + m_item.digest.toString();
        }
        return ReferrerTag::parse(m_item.reference.section(QLatin1Char(':'), 1)) ? QString()
                                                                                 : m_item.reference;
    }

    void addImageFigures()
    {
        const auto parts = m_item.reference.lastIndexOf(QLatin1Char(':'));
        const auto name = RepositoryName::parse(m_item.reference.first(parts));
        const PoolTag *tag = name ? m_index.tag(*name, m_item.reference.sliced(parts + 1)) : nullptr;
        if (tag == nullptr) {
            return;
        }
        const PoolUsage::Figures &figures = m_index.usage().tag(m_index.positionOf(*tag));
        add(Text::tr("Size"), sizeText(figures.bytes));
        add(Text::tr("Unique"), sizeText(figures.uniqueBytes));
        add(Text::tr("Created"), textOf(createdOf(m_index, *tag)));
    }

    void addChildren(const Manifest &manifest)
    {
        begin("platforms", Text::tr("Platforms"));
        for (const Descriptor &child : manifest.children()) {
            if (!isAttestation(child)) {
                add(child.platform ? child.platform->toString() : Text::tr("Manifest"), whereabouts(child));
            }
        }
    }

    static void setBytes(ItemDetails::Document &document, const QByteArray &bytes)
    {
        document = {bytes, indented(bytes)};
    }

    static bool isAttestation(const Descriptor &child)
    {
        return child.platform && child.platform->isUnknown();
    }

    QString whereabouts(const Descriptor &child) const
    {
        const QString digest = child.digest.toString();
        return m_index.hasBlob(child.digest) ? digest : Text::tr("%1, not in this pool").arg(digest);
    }

    void addAnnotations(const Manifest &manifest)
    {
        begin("annotations", Text::tr("Annotations"));
        const QJsonObject annotations =
            QJsonDocument::fromJson(manifest.bytes()).object().value(QLatin1String("annotations")).toObject();
        for (auto each = annotations.begin(); each != annotations.end(); ++each) {
            addNamed(each.key(), each->toString());
        }
    }

    void addImage(const Manifest &manifest)
    {
        if (const auto image = m_index.image(manifest.digest())) {
            add(Text::tr("Platform"),
                image->descriptor.platform ? image->descriptor.platform->toString() : QString());
        }
        ImageConfig config;
        if (!manifest.isLegacy()) {
            const Result<QByteArray> bytes =
                m_index.pool().readBlob(manifest.config().digest, Manifest::maxBytes);
            setBytes(m_details.config, bytes ? *bytes : QByteArray());
            config = ImageConfig::parse(m_details.config.bytes);
        }
        add(Text::tr("Entrypoint"), config.entrypoint.join(QLatin1Char(' ')));
        add(Text::tr("Command"), config.command.join(QLatin1Char(' ')));
        add(Text::tr("User"), config.user);
        add(Text::tr("Working directory"), config.workingDirectory);
        addLayers(manifest);
        addHistory(config);
        begin("environment", Text::tr("Environment"));
        for (const QString &variable : config.environment) {
            addNamed(variable.section(QLatin1Char('='), 0, 0), variable.section(QLatin1Char('='), 1));
        }
        begin("labels", Text::tr("Labels"));
        for (const auto &[name, value] : config.labels) {
            addNamed(name, value);
        }
    }

    void addLayers(const Manifest &manifest)
    {
        begin("layers", Text::tr("Layers"));
        for (const Descriptor &layer : manifest.layers()) {
            const int users = m_index.usersOf(layer.digest);
            const QString size = formatBytes(m_index.sizeOf(layer));
            add(layer.digest.shortHex(), users > 1
                                             ? Text::tr("%1, shared by %n image(s)", nullptr, users).arg(size)
                                         : users == 1 ? size
                                                      : Text::tr("%1, not in this pool").arg(size));
        }
    }

    void addHistory(const ImageConfig &config)
    {
        begin("history", Text::tr("History"));
        int layer = 0;
        for (const ImageConfig::Step &step : config.history) {
            add(step.hasLayer ? Text::tr("Layer %1").arg(++layer) : Text::tr("Setting"),
                commandOf(step.command));
        }
    }

    // Found by their tags, as clients of a stock registry find them.
    void addReferrers(const Manifest &manifest)
    {
        const auto name = RepositoryName::parse(m_item.reference.section(QLatin1Char(':'), 0, 0));
        const PoolRepository *repository = name ? m_index.repository(*name) : nullptr;
        begin("signatures", Text::tr("Signatures and attestations"));
        for (const Descriptor &child : manifest.children()) {
            if (isAttestation(child)) { // as builders put it beside the platforms
                add(Text::tr("Attestation"), whereabouts(child));
            }
        }
        for (const PoolTag &tag :
             repository ? std::span<const PoolTag>(repository->tags) : std::span<const PoolTag>()) {
            const auto referrer = ReferrerTag::parse(tag.tag);
            const auto &children = manifest.children();
            if (referrer && (referrer->subject == manifest.digest() ||
                             std::any_of(children.begin(), children.end(), [&](const Descriptor &child) {
                                 return child.digest == referrer->subject;
                             }))) {
                addReferrer(*referrer, tag);
            }
        }
    }

    // What lies under the fallback tag is told one by one, as its list does.
    void addReferrer(const ReferrerTag &referrer, const PoolTag &tag)
    {
        for (const PoolReferrer &each : referrersAt(m_index, tag)) {
            if (each.digest == tag.digest) {
                add(wordOf(referrer), tag.tag);
                continue;
            }
            const QString digest = each.digest.toString();
            add(wordOf(each.kind),
                each.type.isEmpty()
                    ? digest
                    : Text::tr("%1 (%2)", "a digest, its artifact's type").arg(digest, each.type));
        }
    }

    void addBlob()
    {
        const PoolUsage::Blob *blob = m_index.usage().find(m_item.digest);
        m_details.title = m_item.digest.shortHex();
        begin("summary", Text::tr("Summary"));
        add(Text::tr("Digest"), m_item.digest.toString());
        if (blob == nullptr) {
            add(Text::tr("Blob"), Text::tr("not in this pool"));
            return;
        }
        add(Text::tr("Size"), sizeText(blob->bytes));
        add(Text::tr("Left out"),
            blob->isLeftOut ? Text::tr("the bundle leaves it to a far side that has it") : QString());
        add(Text::tr("Needed by"), Text::tr("%n image(s)", nullptr, blob->users));
        if (blob->role == PoolUsage::Role::Config && blob->bytes <= Manifest::maxBytes) {
            const Result<QByteArray> bytes = m_index.pool().readBlob(blob->digest, Manifest::maxBytes);
            setBytes(m_details.config, bytes ? *bytes : QByteArray());
        }
        begin("images", Text::tr("Images"));
        const auto users = m_index.usage().usersOf(*blob);
        for (const int tag : users.first(std::min(users.size(), kMostRows))) {
            const PoolTag &image = m_index.tagAt(tag);
            add(image.toString(), formatBytes(m_index.usage().tag(tag).bytes),
                image.isReferrer() ? QString() : image.toString());
        }
        if (users.size() > kMostRows) {
            addMore(int(users.size() - kMostRows));
        }
    }

    static QString textOf(const QDateTime &created)
    {
        return QLocale().toString(created.toLocalTime(), QLocale::ShortFormat);
    }

    const PoolIndex &m_index;
    const PoolItem &m_item;
    ItemDetails m_details;
};

} // namespace

ItemDetails ItemDetails::of(const PoolIndex &index, const PoolItem &item)
{
    return Reader(index, item).read();
}

} // namespace layerpool
