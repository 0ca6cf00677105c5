// SPDX-License-Identifier: Apache-2.0
#include "image/ImageReference.h"

#include "base/Text.h"
#include "image/RegistryAddress.h"

#include <algorithm>

namespace layerpool {
namespace {

bool looksLikeHost(QStringView part)
{
    return part.contains(u'.') || part.contains(u':') || part == QLatin1String("localhost");
}

QString onlyInTags()
{
    return Text::tr("a pattern may stand for tags alone, after the “:”");
}

QString whyNoRepository(QStringView path)
{
    if (path.isEmpty()) {
        return Text::tr("the name is missing");
    }
    if (TagPattern::isPattern(path)) {
        return onlyInTags();
    }
    if (path.size() > 255) {
        return Text::tr("the name has more than 255 characters");
    }
    if (path.contains(u':') && path.indexOf(u':') < path.lastIndexOf(u'/')) {
        return Text::tr("a “:” stands before a “/”");
    }
    if (path.contains(u':')) {
        return Text::tr("there are two tags");
    }
    if (std::any_of(path.begin(), path.end(), [](QChar c) { return c.isUpper(); })) {
        return Text::tr("capital letters are not allowed in a name");
    }
    if (path.startsWith(u'/') || path.endsWith(u'/') || path.contains(QLatin1String("//"))) {
        return Text::tr("a part of the name is empty");
    }
    return Text::tr("“%1” is no repository name").arg(path);
}

QString whyNoTag(QStringView tag)
{
    if (tag.isEmpty()) {
        return Text::tr("the tag after “:” is missing");
    }
    if (TagPattern::isPattern(tag)) {
        return Text::tr("“%1” is no pattern of tags").arg(tag);
    }
    return Text::tr("“%1” is no tag").arg(tag);
}

} // namespace

Result<ImageReference> ImageReference::parse(QStringView text)
{
    const auto bad = [&](const QString &why) {
        return Error{ErrorKind::BadInput, Text::tr("“%1” is no image reference").arg(text), why, {}};
    };
    if (std::any_of(text.begin(), text.end(), [](QChar c) { return c.isSpace(); })) {
        return bad(Text::tr("there is a blank inside"));
    }
    if (text.contains(QLatin1String("://"))) {
        return bad(Text::tr("a reference is written without https:// or http://"));
    }
    ImageReference reference;
    QStringView rest = text;
    if (const qsizetype at = rest.indexOf(u'@'); at >= 0) {
        reference.digest = Digest::parse(rest.sliced(at + 1));
        if (!reference.digest) {
            return bad(Text::tr("after “@” stands no digest (sha256: and 64 hex digits)"));
        }
        rest = rest.first(at);
    }
    if (const qsizetype slash = rest.indexOf(u'/'); slash > 0 && looksLikeHost(rest.first(slash))) {
        const QStringView host = rest.first(slash);
        if (!isRegistryHost(host)) {
            return bad(TagPattern::isPattern(host) ? onlyInTags()
                                                   : Text::tr("“%1” is no registry").arg(host));
        }
        reference.registry = host.toString().toLower();
        rest = rest.sliced(slash + 1);
    }
    const qsizetype colon = rest.lastIndexOf(u':');
    if (colon > rest.lastIndexOf(u'/')) {
        const QStringView tag = rest.sliced(colon + 1);
        reference.pattern = TagPattern::parse(tag);
        if (!reference.pattern && !isTag(tag)) {
            return bad(whyNoTag(tag));
        }
        if (reference.pattern && reference.digest) {
            return bad(Text::tr("a pattern of tags and a digest exclude each other"));
        }
        reference.tag = tag.toString();
        rest = rest.first(colon);
    }
    const std::optional<RepositoryName> repository = RepositoryName::parse(rest);
    if (!repository) {
        return bad(whyNoRepository(rest));
    }
    reference.repository = *repository;
    if (reference.tag.isEmpty() && !reference.digest) {
        reference.tag = QStringLiteral("latest");
        reference.isTagImplied = true;
    }
    return reference;
}

QString ImageReference::toString() const
{
    QString text = repository.toString();
    if (!registry.isEmpty()) {
        text.prepend(registry + QLatin1Char('/'));
    }
    if (!tag.isEmpty()) {
        text += QLatin1Char(':') + tag;
    }
    if (digest) {
        text += QLatin1Char('@') + digest->toString();
    }
    return text;
}

ImageReference ImageReference::withTag(const QString &matchingTag) const
{
    ImageReference one = *this;
    one.tag = matchingTag;
    one.pattern.reset();
    return one;
}

} // namespace layerpool
