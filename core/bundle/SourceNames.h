// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/SourceImages.h"
#include "image/ImageReference.h"

#include <map>

namespace layerpool {

/// Gives the images of a source the names that a pool has for them: those that a Convert of the same
/// reference would give, or what was asked for instead.
class SourceNames
{
public:
    /// `as` goes for all images; where nobody wrote its tag, each keeps its own. `source` is for messages.
    SourceNames(QString source, std::optional<ImageReference> as)
        : m_source(std::move(source)), m_as(std::move(as))
    {
    }

    /// `entry` is what names it. Errors, all BadInput: no name, or one that another image has.
    Status addNamed(const QByteArray &entry, const QString &reference, const Digest &root);
    Status addTagged(const QByteArray &entry, const QString &tag, const Digest &root);
    Status addUnnamed(const QByteArray &entry, const Digest &root);

    /// Whether nothing has to name an image.
    bool areGiven() const { return m_as.has_value(); }
    bool empty() const { return m_images.empty(); }
    std::vector<SourceImages::Image> take() { return std::move(m_images); }

private:
    Status addAs(const QByteArray &entry, const QString &ownTag, const Digest &root);
    Status add(SourceImages::Image image);
    Error nameless(const QByteArray &entry, const QString &why, const QString &option) const;

    QString m_source;
    std::optional<ImageReference> m_as;
    std::vector<SourceImages::Image> m_images;
    std::map<QString, std::size_t> m_byName; ///< positions in the above
};

} // namespace layerpool
