// SPDX-License-Identifier: Apache-2.0
#include "image/ManifestSkim.h"

#include "image/JsonSkim.h"

#include <array>

namespace layerpool {
namespace {

/// Names that may stand once; asking for one marks it.
class Once
{
public:
    bool isFirst(unsigned bit)
    {
        const bool isNew = (m_seen & (1U << bit)) == 0;
        m_seen |= 1U << bit;
        return isNew;
    }
    bool has(unsigned bit) const { return (m_seen & (1U << bit)) != 0; }

private:
    unsigned m_seen = 0;
};

template <std::size_t Count>
unsigned placeOf(const std::array<QByteArrayView, Count> &names, QByteArrayView name)
{
    unsigned place = 0;
    while (place < Count && names[place] != name) {
        ++place;
    }
    return place;
}

class Reader
{
public:
    explicit Reader(QByteArrayView json) : m_json(json) {}

    std::optional<SkimmedManifest> read()
    {
        if (!m_json.object([this](QByteArrayView name) { return member(name); }) || !m_json.isAtEnd()) {
            return std::nullopt;
        }
        const bool hasImage = m_once.has(Config) && m_once.has(Layers) && !m_once.has(Manifests);
        const bool hasIndex = m_once.has(Manifests) && !m_once.has(Config) && !m_once.has(Layers);
        const bool isWhole = (mediatype::isManifest(m_manifest.mediaType) && hasImage) ||
                             (mediatype::isIndex(m_manifest.mediaType) && hasIndex);
        return isWhole && m_once.has(SchemaVersion) ? std::optional(std::move(m_manifest)) : std::nullopt;
    }

private:
    enum Member : unsigned { SchemaVersion, MediaType, Config, Layers, Manifests, Annotations };
    static constexpr std::array<QByteArrayView, 6> members{"schemaVersion", "mediaType", "config",
                                                           "layers",        "manifests", "annotations"};

    bool member(QByteArrayView name)
    {
        const unsigned place = placeOf(members, name);
        if (place == members.size() || !m_once.isFirst(place)) {
            return false;
        }
        switch (Member(place)) {
        case SchemaVersion:
            return m_json.wholeNumber() == 2;
        case MediaType:
            return text(m_manifest.mediaType);
        case Config:
            return descriptor(m_manifest.config);
        case Layers:
            return descriptors(m_manifest.layers);
        case Manifests:
            return descriptors(m_manifest.children);
        case Annotations:
            break;
        }
        return texts();
    }

    bool text(QByteArray &into)
    {
        const std::optional<QByteArrayView> read = m_json.plainString();
        if (read && into != *read) { // neighbours are often alike, and then share the bytes
            into = read->toByteArray();
        }
        return read.has_value();
    }

    bool text(QString &into)
    {
        const std::optional<QByteArrayView> read = m_json.plainString();
        into = read ? QString::fromLatin1(*read) : QString();
        return read.has_value();
    }

    bool texts()
    {
        return m_json.object([this](QByteArrayView) { return m_json.plainString().has_value(); });
    }

    bool descriptors(std::vector<Descriptor> &into)
    {
        return m_json.array([&] {
            Descriptor next;
            next.mediaType = into.empty() ? QByteArray() : into.back().mediaType;
            into.push_back(std::move(next));
            return descriptor(into.back());
        });
    }

    bool descriptor(Descriptor &into)
    {
        enum Field : unsigned { Type, Size, Named, Runs, Notes };
        static constexpr std::array<QByteArrayView, 5> fields{"mediaType", "size", "digest", "platform",
                                                              "annotations"};
        Once once;
        const bool isRead = m_json.object([&](QByteArrayView name) {
            const unsigned place = placeOf(fields, name);
            if (place == fields.size() || !once.isFirst(place)) {
                return false;
            }
            switch (Field(place)) {
            case Type:
                return text(into.mediaType);
            case Size:
                return size(into);
            case Named:
                return digest(into);
            case Runs:
                return platform(into);
            case Notes:
                break;
            }
            return texts();
        });
        return isRead && once.has(Type) && once.has(Size) && once.has(Named);
    }

    bool size(Descriptor &into)
    {
        const std::optional<qint64> read = m_json.wholeNumber();
        into.size = read.value_or(0);
        return read.has_value();
    }

    bool digest(Descriptor &into)
    {
        const std::optional<QByteArrayView> read = m_json.plainString();
        const std::optional<Digest> digest = read ? Digest::parse(*read) : std::nullopt;
        into.digest = digest.value_or(Digest());
        return digest.has_value();
    }

    bool platform(Descriptor &into)
    {
        static constexpr std::array<QByteArrayView, 4> fields{"os", "architecture", "variant", "os.version"};
        Platform read;
        const std::array<QString *, 4> places{&read.os, &read.architecture, &read.variant, &read.osVersion};
        Once once;
        bool isEmpty = true;
        const bool isRead = m_json.object([&](QByteArrayView name) {
            isEmpty = false;
            const unsigned place = placeOf(fields, name);
            return place < fields.size() && once.isFirst(place) && text(*places[place]);
        });
        into.platform = isEmpty ? std::nullopt : std::optional(std::move(read));
        return isRead;
    }

    JsonSkim m_json;
    Once m_once;
    SkimmedManifest m_manifest;
};

} // namespace

std::optional<SkimmedManifest> skimManifest(QByteArrayView json)
{
    return Reader(json).read();
}

} // namespace layerpool
