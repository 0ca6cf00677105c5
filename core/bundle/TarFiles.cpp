// SPDX-License-Identifier: Apache-2.0
#include "bundle/TarFiles.h"

#include "base/Text.h"
#include "bundle/BundlePath.h"
#include "image/Manifest.h"

#include <QDir>

namespace layerpool {
namespace {

constexpr qint64 kMostTextBytes = 128 * 1024 * 1024; // of all that are kept

// How much of a file is kept, if it is JSON: the lists of images may be long.
qint64 mostBytesOf(const QByteArray &name)
{
    return name == "index.json" || name == "manifest.json" ? SourceFiles::mostListBytes : Manifest::maxBytes;
}

} // namespace

Result<std::unique_ptr<TarFiles>> TarFiles::open(const QString &path, const CancelToken &cancel)
{
    std::unique_ptr<TarFiles> files(new TarFiles(path, cancel));
    const Status listed = files->list();
    return listed ? Result<std::unique_ptr<TarFiles>>(std::move(files)) : listed.error();
}

Status TarFiles::list()
{
    const Result<std::unique_ptr<BundleEntries>> entries =
        BundleEntries::open(path(), m_cancel, TarLinks::Told);
    if (!entries) {
        return entries.error();
    }
    m_totalBytes = (*entries)->fileBytes();
    while (true) {
        const Result<std::optional<BundleEntry>> entry = (*entries)->next();
        if (!entry) {
            return entry.error();
        }
        if (!*entry) {
            return {};
        }
        const Result<QByteArray> name = nameOf(**entry);
        if (!name) {
            return name.error();
        }
        if (Status taken = take(**entry, *name, **entries); !taken) {
            return taken;
        }
    }
}

Result<QByteArray> TarFiles::nameOf(const BundleEntry &entry) const
{
    if (const QString why = whyUnsafeName(entry.name); !why.isEmpty()) {
        return refused(entry.name, why);
    }
    return entry.name.startsWith("./") ? entry.name.sliced(2) : entry.name;
}

Status TarFiles::take(const BundleEntry &entry, const QByteArray &name, BundleEntries &entries)
{
    if (entry.isFolder) {
        return count(name);
    }
    if (!entry.link.isEmpty()) {
        m_links.insert_or_assign(name, entry.link);
        return count(name + entry.link);
    }
    const Status added = add(name, entry.size);
    return added && entry.size <= mostBytesOf(name) ? keepText(entry, name, entries) : added;
}

Status TarFiles::keepText(const BundleEntry &entry, const QByteArray &name, BundleEntries &entries)
{
    QByteArray text;
    while (text.size() < entry.size) {
        const Result<QByteArrayView> piece = entries.read();
        if (!piece) {
            return piece.error();
        }
        text += *piece;
        const QByteArray start = text.first(std::min<qsizetype>(text.size(), 64)).trimmed();
        if (piece->isEmpty() || !(start.startsWith('{') || start.startsWith('['))) {
            return {};
        }
    }
    m_textBytes += text.size();
    if (m_textBytes > kMostTextBytes) {
        return refused(name,
                       Text::tr("with it, the manifests come to more than %1 bytes").arg(kMostTextBytes));
    }
    m_texts.emplace(name, std::move(text));
    return {};
}

// A link to a link is none that a program writes.
QByteArray TarFiles::resolved(const QByteArray &name) const
{
    const auto link = m_links.find(name);
    if (has(name) || link == m_links.end()) {
        return SourceFiles::resolved(name);
    }
    const QByteArray folder = name.first(name.lastIndexOf('/') + 1);
    return SourceFiles::resolved(QDir::cleanPath(QString::fromLatin1(folder + link->second)).toLatin1());
}

Result<QByteArray> TarFiles::text(const QByteArray &name, qint64 limit) const
{
    const auto found = m_texts.find(name);
    if (found == m_texts.end() || found->second.size() > limit) {
        return refused(name,
                       has(name) ? Text::tr("it is no JSON that can be read") : Text::tr("it is missing"));
    }
    return found->second;
}

Status TarFiles::forEach(const std::set<QByteArray> &names, const OnFile &onFile)
{
    const Result<std::unique_ptr<BundleEntries>> entries =
        BundleEntries::open(path(), m_cancel, TarLinks::Told);
    if (!entries) {
        return entries.error();
    }
    std::set<QByteArray> waiting = names;
    while (!waiting.empty()) {
        const Result<std::optional<BundleEntry>> entry = (*entries)->next();
        if (!entry) {
            return entry.error();
        }
        if (!*entry) {
            return refused(*waiting.begin(), Text::tr("it is missing"));
        }
        const Result<QByteArray> name = nameOf(**entry);
        if (!name) {
            return name.error();
        }
        m_position = (*entries)->position();
        if ((*entry)->isFolder || !(*entry)->link.isEmpty() || waiting.erase(*name) == 0) {
            continue;
        }
        if ((*entry)->size != sizes().at(*name)) {
            return refused(*name, Text::tr("it has changed since it was first read"));
        }
        if (Status done = onFile(*name, **entries); !done) {
            return done;
        }
    }
    m_position = m_totalBytes;
    return {};
}

} // namespace layerpool
