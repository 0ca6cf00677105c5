// SPDX-License-Identifier: Apache-2.0
#include "bundle/BundleReader.h"

#include "base/Digester.h"
#include "base/Text.h"
#include "bundle/BundleIndex.h"
#include "bundle/BundleRefusal.h"

namespace layerpool {
namespace {

constexpr qint64 kLongestLink = 7 + 128; // sha512: and its hex digits

// A registry keeps what was uploaded by its sha512 under sha256, and says so in a link of the other name.
bool isAlias(const BundlePath &path, const Digest &target)
{
    return path.kind == BundlePath::Kind::LayerLink && path.digest.algorithm() == Digest::Algorithm::Sha512 &&
           target.algorithm() == Digest::Algorithm::Sha256;
}

} // namespace

Result<std::unique_ptr<BundleReader>> BundleReader::open(const QString &path, const CancelToken &cancel,
                                                         qint64 limit)
{
    Result<std::unique_ptr<BundleEntries>> entries = BundleEntries::open(path, cancel);
    if (!entries) {
        return entries.error();
    }
    return std::unique_ptr<BundleReader>(new BundleReader(path, *std::move(entries), limit));
}

Result<BundleContent> BundleReader::read(const OnBlob &onBlob)
{
    for (qint64 entries = 0;; ++entries) {
        const Result<std::optional<BundleEntry>> entry = m_entries->next();
        if (!entry) {
            return entry.error();
        }
        if (!*entry) {
            return content();
        }
        if (entries == m_limit) {
            return refused(**entry, Text::tr("there are more than %1 entries").arg(m_limit));
        }
        if (Status taken = take(**entry, onBlob); !taken) {
            return taken.error();
        }
    }
}

Error BundleReader::refused(const BundleEntry &entry, const QString &why) const
{
    return refusedEntry(m_path, entry.name, why);
}

Status BundleReader::take(const BundleEntry &entry, const OnBlob &onBlob)
{
    const Result<BundlePath> path = BundlePath::parse(entry.name, entry.isFolder);
    if (!path) {
        return refused(entry, path.error().why);
    }
    if (path->isLink()) {
        return takeLink(entry, *path);
    }
    if (path->kind == BundlePath::Kind::Index) {
        return takeIndex(entry);
    }
    if (path->kind == BundlePath::Kind::Tool) {
        return takeTool(entry);
    }
    return path->kind == BundlePath::Kind::Blob ? takeBlob(entry, path->digest, onBlob) : Status();
}

Status BundleReader::takeBlob(const BundleEntry &entry, const Digest &digest, const OnBlob &onBlob)
{
    const auto [known, isNew] = m_content.blobs.emplace(digest, entry.size);
    if (known->second != entry.size) {
        return refused(entry, Text::tr("it stands there twice, and differs"));
    }
    m_content.blobBytes += isNew ? entry.size : 0;
    const Status taken = onBlob({{}, digest, entry.size}, *m_entries);
    return !taken && taken.error().kind == ErrorKind::Corrupt ? refused(entry, taken.error().why) : taken;
}

Status BundleReader::takeIndex(const BundleEntry &entry)
{
    if (m_listed || entry.size > mostIndexBytes) {
        return refused(entry, m_listed ? Text::tr("it stands there twice") : Text::tr("it is too large"));
    }
    const Result<QByteArray> json = readAll(entry);
    if (!json) {
        return json.error();
    }
    Result<BundleContent> listed = readBundleIndex(*json);
    if (!listed) {
        return refused(entry, listed.error().why);
    }
    m_listed = *std::move(listed);
    m_listed->indexSum = Digester::of(*json);
    return {};
}

Status BundleReader::takeTool(const BundleEntry &entry)
{
    if (m_content.tool) {
        return refused(entry, Text::tr("there is a program already"));
    }
    Digester digester;
    for (;;) {
        const Result<QByteArrayView> bytes = m_entries->read();
        if (!bytes) {
            return bytes.error();
        }
        if (bytes->isEmpty()) {
            break;
        }
        digester.add(*bytes);
    }
    m_content.tool = {entry.name.sliced(entry.name.lastIndexOf('/') + 1), entry.size, digester.finish()};
    return {};
}

Status BundleReader::takeLink(const BundleEntry &entry, const BundlePath &path)
{
    const Result<Digest> target = readLink(entry);
    if (!target) {
        return target.error();
    }
    const bool isTag = path.kind == BundlePath::Kind::TagLink;
    if (!isTag && *target != path.digest && !isAlias(path, *target)) {
        return refused(entry, Text::tr("it names the digest %1").arg(target->toString()));
    }
    Links &links = m_links[path.repository];
    if (path.kind == BundlePath::Kind::LayerLink) {
        links.layers.push_back(path.digest);
    } else if (path.kind == BundlePath::Kind::RevisionLink) {
        links.revisions.push_back(path.digest);
    } else if (isTag && links.tags.emplace(path.tag, *target).first->second != *target) {
        return refused(entry, Text::tr("it stands there twice, and differs"));
    }
    return {};
}

Result<Digest> BundleReader::readLink(const BundleEntry &entry)
{
    const Result<QByteArray> text = entry.size <= kLongestLink ? readAll(entry) : QByteArray();
    if (!text) {
        return text.error();
    }
    const std::optional<Digest> digest = Digest::parse(QByteArrayView(*text));
    return digest ? Result<Digest>(*digest) : refused(entry, Text::tr("it holds no digest"));
}

Result<QByteArray> BundleReader::readAll(const BundleEntry &entry)
{
    QByteArray text;
    while (text.size() <= entry.size) {
        const Result<QByteArrayView> bytes = m_entries->read();
        if (!bytes) {
            return bytes.error();
        }
        if (bytes->isEmpty()) { // a checksum is looked at here
            break;
        }
        text += *bytes;
    }
    return text.size() == entry.size ? Result<QByteArray>(text)
                                     : refused(entry, Text::tr("it has not as many bytes as it says"));
}

// Who signs a bundle signs its index: what is to be run must be in there.
Status BundleReader::checkTool() const
{
    const std::optional<BundleTool> listed = m_listed ? m_listed->tool : std::nullopt;
    if (listed == m_content.tool) {
        return {};
    }
    return m_content.tool
               ? refusedEntry(m_path, bundleToolFolder + m_content.tool->name,
                              listed ? Text::tr("it is another program than the bundle's index lists")
                                     : Text::tr("the bundle's index does not list it"))
               : refusedEntry(m_path, bundleIndexPath,
                              Text::tr("it lists the program %1, and the bundle has it not")
                                  .arg(QString::fromLatin1(listed->name)));
}

Result<BundleContent> BundleReader::content()
{
    if (Status checked = checkTool(); !checked) {
        return checked.error();
    }
    for (auto &[name, links] : m_links) {
        m_content.repositories[name] = {DigestSet(std::move(links.layers)),
                                        DigestSet(std::move(links.revisions)), std::move(links.tags)};
    }
    m_links.clear();
    const QString difference = m_listed ? differenceOf(*m_listed, m_content) : QString();
    if (!difference.isEmpty()) {
        return refusedEntry(m_path, bundleIndexPath, difference);
    }
    if (m_listed) { // what no entry tells
        m_content.leftOut = std::move(m_listed->leftOut);
        m_content.leftOutIn = std::move(m_listed->leftOutIn);
        m_content.base = std::move(m_listed->base);
        m_content.id = m_listed->id;
        m_content.indexSum = m_listed->indexSum;
    }
    return std::move(m_content);
}

} // namespace layerpool
