// SPDX-License-Identifier: Apache-2.0
#include "pool/LinkPublisher.h"

#include "pool/PoolLayout.h"

namespace layerpool {

Status LinkPublisher::publish(const std::vector<ImageLinks> &images, const std::vector<Manifest> &indexes)
{
    const DurableDirectory &files = m_pool.files();
    for (const ImageLinks &image : images) {
        const bool isNew =
            m_fresh.contains(image.repository) || !files.isDirectory(layout::repository(image.repository));
        if (Status staged = isNew ? stageNew(image) : stageImage(image); !staged) {
            return staged;
        }
    }
    for (const Manifest &index : indexes) {
        m_links.push_back({m_session.nextName(), layout::seenIndex(index.digest())});
        if (Status written = files.writeFile(m_links.back().from, index.bytes()); !written) {
            return written;
        }
    }
    // Each step is on the disk before the next one begins: blobs and links' bytes, links' names, tags.
    if (Status synced = files.sync(); !synced) {
        return synced;
    }
    std::vector<ImageLinks> late;
    if (Status published = publishNew(late); !published) {
        return published;
    }
    if (Status moved = moveInto(m_links); !moved) {
        return moved;
    }
    if (!m_links.empty() && !m_tags.empty()) {
        if (Status synced = files.sync(); !synced) {
            return synced;
        }
    }
    if (Status moved = moveInto(m_tags); !moved) {
        return moved;
    }
    if (Status synced = files.sync(); !synced) {
        return synced;
    }
    return late.empty() ? Status() : LinkPublisher(m_pool, m_session).publish(late, {});
}

// A repository that is not there yet is staged as a whole tree, and appears, tags and all, by one rename.
Status LinkPublisher::stageNew(const ImageLinks &image)
{
    NewRepository &repository = m_fresh[image.repository];
    if (repository.staged.isEmpty()) {
        repository.staged = m_session.nextName();
    }
    repository.images.push_back(image);
    const qsizetype above = layout::repository(image.repository).size();
    const auto inStage = [&](const QByteArray &path) { return repository.staged + path.sliced(above); };
    for (const QByteArray &directory : {layout::layers(image.repository), layout::tags(image.repository)}) {
        if (Status made = m_pool.files().makeDirectories(inStage(directory)); !made) {
            return made;
        }
    }
    std::vector<ImageLinks::Link> links = image.parts();
    const std::vector<ImageLinks::Link> tagLinks = image.tagLinks();
    links.insert(links.end(), tagLinks.begin(), tagLinks.end());
    for (const auto &[path, digest] : links) {
        const QByteArray staged = inStage(path);
        if (Status made = m_pool.files().makeDirectories(layout::parentOf(staged)); !made) {
            return made;
        }
        const Status written = m_pool.files().writeFile(staged, digest.toByteArray());
        if (!written && written.error().kind != ErrorKind::Conflict) { // two of its images may share a layer
            return written;
        }
    }
    return {};
}

// Where another writer has made the repository meanwhile, its images are published like those of any other.
Status LinkPublisher::publishNew(std::vector<ImageLinks> &late)
{
    for (const auto &[name, repository] : m_fresh) {
        const QByteArray final = layout::repository(name);
        if (Status made = m_pool.files().makeDirectories(layout::parentOf(final)); !made) {
            return made;
        }
        const Result<DurableDirectory::Published> published =
            m_pool.files().publish(repository.staged, final);
        if (!published) {
            return published.error();
        }
        if (*published == DurableDirectory::Published::WasThere) {
            late.insert(late.end(), repository.images.begin(), repository.images.end());
        }
    }
    return {};
}

Status LinkPublisher::stageImage(const ImageLinks &image)
{
    // A registry knows a repository by both directories, and its garbage collection eats one that lacks
    // either.
    for (const QByteArray &directory : {layout::layers(image.repository), layout::tags(image.repository)}) {
        if (Status made = m_pool.files().makeDirectories(directory); !made) {
            return made;
        }
    }
    for (const auto &[path, digest] : image.parts()) {
        if (Status staged = stageLink(path, digest, m_links); !staged) {
            return staged;
        }
    }
    return stageTag(image);
}

// A new tag's directory appears whole: a registry lists one without `current`, and answers 404 for it.
Status LinkPublisher::stageTag(const ImageLinks &image)
{
    const DurableDirectory &files = m_pool.files();
    const QByteArray directory = layout::tag(image.repository, image.tag);
    if (files.isDirectory(directory)) {
        if (Status staged =
                stageLink(directory + '/' + layout::tagIndexLink(image.root), image.root, m_links);
            !staged) {
            return staged;
        }
        return stageLink(directory + '/' + layout::tagCurrentLink, image.root, m_tags);
    }
    const QByteArray staged = m_session.nextName();
    for (const QByteArray &link : {layout::tagIndexLink(image.root), QByteArray(layout::tagCurrentLink)}) {
        const QByteArray path = staged + '/' + link;
        if (Status made = files.makeDirectories(layout::parentOf(path)); !made) {
            return made;
        }
        if (Status written = files.writeFile(path, image.root.toByteArray()); !written) {
            return written;
        }
    }
    m_tags.push_back({staged, directory});
    return {};
}

Status LinkPublisher::stageLink(const QByteArray &to, const Digest &digest, std::vector<StagedLink> &links)
{
    const Result<Digest> there = m_pool.readLink(to);
    if (there && *there == digest) {
        return {};
    }
    links.push_back({m_session.nextName(), to});
    return m_pool.files().writeFile(links.back().from, digest.toByteArray());
}

Status LinkPublisher::moveInto(const std::vector<StagedLink> &links)
{
    const DurableDirectory &files = m_pool.files();
    for (const StagedLink &link : links) {
        if (Status made = files.makeDirectories(layout::parentOf(link.to)); !made) {
            return made;
        }
        if (files.isDirectory(link.from)) { // a new tag; where another writer made it first, ours is a move
            const Result<DurableDirectory::Published> published = files.publish(link.from, link.to);
            if (!published) {
                return published.error();
            }
            if (*published == DurableDirectory::Published::Now) {
                continue;
            }
            const QByteArray current = QByteArray("/") + layout::tagCurrentLink;
            const Result<Digest> digest = m_pool.readLink(link.from + current);
            if (!digest) {
                return digest.error();
            }
            const QByteArray index = '/' + layout::tagIndexLink(*digest);
            if (Status moved = moveInto(
                    {{link.from + index, link.to + index}, {link.from + current, link.to + current}});
                !moved) {
                return moved;
            }
        } else if (Status replaced = files.replace(link.from, link.to); !replaced) {
            return replaced;
        }
    }
    return {};
}

} // namespace layerpool
