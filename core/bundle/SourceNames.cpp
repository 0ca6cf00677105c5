// SPDX-License-Identifier: Apache-2.0
#include "bundle/SourceNames.h"

#include "base/Text.h"
#include "bundle/BundleRefusal.h"
#include "image/NamingRules.h"

namespace layerpool {

Status SourceNames::addNamed(const QByteArray &entry, const QString &text, const Digest &root)
{
    const Result<ImageReference> reference = ImageReference::parse(text);
    if (!reference || reference->pattern) {
        return refusedEntry(
            m_source, entry,
            Text::tr("it names an image %1, which is no reference").arg(quoted(text.toUtf8())));
    }
    if (m_as) {
        return addAs(entry, poolTag(*reference), root);
    }
    const Result<RepositoryName> name = NamingRules().poolName(*reference);
    return name ? add({*name, poolTag(*reference), root, entry}) : name.error();
}

Status SourceNames::addTagged(const QByteArray &entry, const QString &tag, const Digest &root)
{
    return m_as ? addAs(entry, tag, root)
                : nameless(entry, Text::tr("it gives an image the tag %1 alone, and no name").arg(tag),
                           QStringLiteral("--as NAME"));
}

Status SourceNames::addUnnamed(const QByteArray &entry, const Digest &root)
{
    return m_as ? addAs(entry, {}, root)
                : nameless(entry, Text::tr("nothing says how its image is called"),
                           QStringLiteral("--as NAME:TAG"));
}

Status SourceNames::addAs(const QByteArray &entry, const QString &ownTag, const Digest &root)
{
    const Result<RepositoryName> name = NamingRules().poolName(*m_as);
    if (!name) {
        return name.error();
    }
    return add({*name, m_as->isTagImplied && !ownTag.isEmpty() ? ownTag : m_as->tag, root, entry});
}

// Of an image that two entries name alike there is no more to say.
Status SourceNames::add(SourceImages::Image image)
{
    const QString name = image.repository.toString() + QLatin1Char(':') + image.tag;
    const auto [known, isNew] = m_byName.emplace(name, m_images.size());
    if (isNew) {
        m_images.push_back(std::move(image));
        return {};
    }
    const SourceImages::Image &other = m_images[known->second];
    if (other.root == image.root) {
        return {};
    }
    return Error{
        ErrorKind::BadInput, Text::tr("Two images of %1 would be %2").arg(m_source, name),
        Text::tr("%1 names the manifest %2, and %3 the manifest %4")
            .arg(quoted(other.entry), other.root.toString(), quoted(image.entry), image.root.toString()),
        Text::tr("Take them in one at a time, each by a name of its own")};
}

Error SourceNames::nameless(const QByteArray &entry, const QString &why, const QString &option) const
{
    Error error = refusedEntry(m_source, entry, why);
    error.hint = Text::tr("Say how it shall be called in the pool");
    error.options = {option};
    return error;
}

} // namespace layerpool
