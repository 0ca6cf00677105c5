// SPDX-License-Identifier: Apache-2.0
#include "pool/PoolWriter.h"

#include "base/Text.h"
#include "pool/PoolLayout.h"

#include <QUuid>

#include <sys/file.h>

namespace layerpool {
namespace {

constexpr qint64 kPiece = 1024 * 1024;

QByteArray parentOf(const QByteArray &path)
{
    return path.first(path.lastIndexOf('/'));
}

// What a writer that was killed left behind is nobody's, and its lock is gone: its folder of links, and the
// spare files that were made where two writers fetched one blob.
Status sweep(const DurableDirectory &files)
{
    const auto sessions = files.entries(layout::sessions);
    const auto partials = files.entries(layout::partial);
    if (!sessions || !partials) {
        return sessions ? partials.error() : sessions.error();
    }
    for (const DurableDirectory::Entry &session : *sessions) {
        const QByteArray path = QByteArray(layout::sessions) + '/' + session.name;
        const Result<UniqueFd> fd = files.openDirectory(path);
        if (fd && ::flock(fd->get(), LOCK_EX | LOCK_NB) == 0) {
            if (Status removed = files.removeTree(path); !removed) {
                return removed;
            }
        }
    }
    for (const DurableDirectory::Entry &partial : *partials) {
        const QByteArray path = QByteArray(layout::partial) + '/' + partial.name;
        const Result<UniqueFd> fd =
            StagedBlob::isSpare(path) ? files.openFile(path) : Result<UniqueFd>(UniqueFd());
        if (fd && *fd && ::flock(fd->get(), LOCK_EX | LOCK_NB) == 0) {
            if (Status removed = files.remove(path); !removed) {
                return removed;
            }
        }
    }
    return {};
}

} // namespace

Result<std::unique_ptr<PoolWriter>> PoolWriter::begin(const Pool &pool)
{
    Result<PoolLock> lock = PoolLock::share(pool);
    if (!lock) {
        return lock.error();
    }
    std::unique_ptr<PoolWriter> writer(new PoolWriter(pool, *std::move(lock)));
    for (const char *directory : {layout::repositories, layout::partial, layout::sessions, layout::indexes}) {
        if (Status made = pool.files().makeDirectories(directory); !made) {
            return made.error();
        }
    }
    if (Status opened = writer->openSession(); !opened) {
        return opened.error();
    }
    return writer;
}

PoolWriter::~PoolWriter()
{
    if (m_sessionLock) {
        // Only links that no image waits for any more; a failure leaves them for the next writer's sweep.
        (void)m_pool.files().removeTree(m_session);
    }
}

Status PoolWriter::openSession()
{
    const DurableDirectory &files = m_pool.files();
    // One writer at a time, so that none sweeps a folder away that another has made and not yet locked.
    const Result<UniqueFd> only = files.openForUpdate(layout::sessionsLock);
    if (!only) {
        return only.error();
    }
    if (::flock(only->get(), LOCK_EX) != 0) {
        return systemError(Text::tr("Cannot lock %1").arg(files.pathOf(layout::sessionsLock)), errno);
    }
    if (Status swept = sweep(files); !swept) {
        return swept;
    }
    m_session = QByteArray(layout::sessions) + '/' + QUuid::createUuid().toByteArray(QUuid::Id128);
    if (Status made = files.makeDirectories(m_session); !made) {
        return made;
    }
    Result<UniqueFd> fd = files.openDirectory(m_session);
    if (!fd) {
        return fd.error();
    }
    m_sessionLock = *std::move(fd);
    if (::flock(m_sessionLock.get(), LOCK_EX | LOCK_NB) != 0) {
        return systemError(Text::tr("Cannot lock %1").arg(files.pathOf(m_session)), errno);
    }
    return {};
}

Result<std::unique_ptr<StagedBlob>> PoolWriter::stage(const Digest &digest, qint64 size,
                                                      const CancelToken &cancel)
{
    return StagedBlob::open(m_pool.files(), digest, size, cancel);
}

void PoolWriter::add(std::unique_ptr<StagedBlob> blob)
{
    const std::lock_guard lock(m_mutex);
    m_finished.push_back(std::move(blob));
}

Status PoolWriter::addManifest(const Manifest &manifest)
{
    if (m_pool.blobSize(manifest.digest()) == manifest.size()) {
        return {};
    }
    Result<std::unique_ptr<StagedBlob>> blob = stage(manifest.digest(), manifest.size(), {});
    if (!blob) {
        return blob.error();
    }
    if (Status restarted = (*blob)->restart(); !restarted) {
        return restarted;
    }
    if (Status written = (*blob)->append(manifest.bytes()); !written) {
        return written;
    }
    if (Status finished = (*blob)->finish(); !finished) {
        return finished;
    }
    add(*std::move(blob));
    return {};
}

void PoolWriter::rememberIndex(const Manifest &index)
{
    const std::lock_guard lock(m_mutex);
    m_indexes.push_back(index);
}

std::size_t PoolWriter::waiting() const
{
    const std::lock_guard lock(m_mutex);
    return m_finished.size();
}

Result<PoolWriter::Adopted> PoolWriter::adopt(const Pool &source, const Digest &digest, qint64 size,
                                              const CancelToken &cancel)
{
    const QByteArray path = layout::blob(digest);
    if (m_pool.blobSize(digest) == size) {
        return Adopted::WasThere;
    }
    if (source.blobSize(digest) != size) {
        return Error{ErrorKind::Corrupt, Text::tr("The blob %1 is damaged").arg(digest.toString()),
                     Text::tr("it is missing, or has not the declared %1 bytes").arg(size),
                     Text::tr("Run verify, and convert its images again")};
    }
    if (m_canLink) {
        if (Status made = m_pool.files().makeDirectories(layout::blobDirectory(digest)); !made) {
            return made.error();
        }
        const Result<DurableDirectory::Linked> linked = m_pool.files().hardLink(source.files(), path, path);
        if (!linked) {
            return linked.error();
        }
        if (*linked == DurableDirectory::Linked::Now) {
            return Adopted::Linked;
        }
        m_canLink = *linked != DurableDirectory::Linked::NotPossible;
    }
    if (Status copied = copyFrom(source, digest, size, cancel); !copied) {
        return copied.error();
    }
    return Adopted::Copied;
}

Status PoolWriter::copyFrom(const Pool &source, const Digest &digest, qint64 size, const CancelToken &cancel)
{
    const QByteArray path = layout::blob(digest);
    const Result<UniqueFd> from = source.files().openFile(path);
    if (!from) {
        return from.error();
    }
    Result<std::unique_ptr<StagedBlob>> blob = stage(digest, size, cancel);
    if (!blob) {
        return blob.error();
    }
    if (Status restarted = (*blob)->restart(); !restarted) {
        return restarted;
    }
    QByteArray piece(kPiece, Qt::Uninitialized);
    while (true) {
        if (cancel.isCancelled()) {
            return cancelledError();
        }
        const Result<qint64> count =
            readSome(from->get(), piece.data(), piece.size(), source.files().pathOf(path));
        if (!count) {
            return count.error();
        }
        if (*count == 0) {
            break;
        }
        if (Status written = (*blob)->append(QByteArrayView(piece.constData(), *count)); !written) {
            return written;
        }
    }
    if (Status finished = (*blob)->finish(); !finished) {
        return finished;
    }
    add(*std::move(blob));
    return {};
}

Status PoolWriter::commit(const std::vector<ImageLinks> &images)
{
    if (m_failure) {
        return *m_failure;
    }
    std::vector<std::unique_ptr<StagedBlob>> finished;
    {
        const std::lock_guard lock(m_mutex);
        finished.swap(m_finished);
    }
    Status published = publish(finished, images);
    if (!published) {
        m_failure = published.error();
        // After a failed sync nobody knows what of them is on the disk: they are fetched anew.
        for (const std::unique_ptr<StagedBlob> &blob : finished) {
            (void)m_pool.files().remove(blob->stagedName());
        }
    }
    return published;
}

Status PoolWriter::publish(const std::vector<std::unique_ptr<StagedBlob>> &blobs,
                           const std::vector<ImageLinks> &images)
{
    const DurableDirectory &files = m_pool.files();
    if (!blobs.empty()) {
        if (Status synced = files.sync(); !synced) {
            return synced;
        }
    }
    for (const std::unique_ptr<StagedBlob> &blob : blobs) {
        if (Status done = publishBlob(*blob); !done) {
            return done;
        }
    }
    const bool hasIndexes = [this] {
        const std::lock_guard lock(m_mutex);
        return !m_indexes.empty();
    }();
    return blobs.empty() && images.empty() && !hasIndexes ? Status() : publishLinks(images);
}

Status PoolWriter::publishLinks(const std::vector<ImageLinks> &images)
{
    const DurableDirectory &files = m_pool.files();
    NewRepositories fresh;
    std::vector<StagedLink> links;
    std::vector<StagedLink> tags;
    for (const ImageLinks &image : images) {
        const bool isNew =
            fresh.contains(image.repository) || !files.isDirectory(layout::repository(image.repository));
        if (Status staged = isNew ? stageNew(image, fresh) : stageImage(image, links, tags); !staged) {
            return staged;
        }
    }
    if (Status staged = stageIndexes(links); !staged) {
        return staged;
    }
    // Each step is on the disk before the next one begins: blobs and links' bytes, links' names, tags.
    if (Status synced = files.sync(); !synced) {
        return synced;
    }
    std::vector<ImageLinks> late;
    if (Status published = publishNew(fresh, late); !published) {
        return published;
    }
    if (Status moved = moveInto(links); !moved) {
        return moved;
    }
    if (!links.empty() && !tags.empty()) {
        if (Status synced = files.sync(); !synced) {
            return synced;
        }
    }
    if (Status moved = moveInto(tags); !moved) {
        return moved;
    }
    if (Status synced = files.sync(); !synced) {
        return synced;
    }
    return late.empty() ? Status() : publishLinks(late);
}

// A repository that is not there yet is staged as a whole tree, and appears, tags and all, by one rename.
Status PoolWriter::stageNew(const ImageLinks &image, NewRepositories &fresh)
{
    NewRepository &repository = fresh[image.repository];
    if (repository.staged.isEmpty()) {
        repository.staged = nextName();
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
        if (Status made = m_pool.files().makeDirectories(parentOf(staged)); !made) {
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
Status PoolWriter::publishNew(const NewRepositories &fresh, std::vector<ImageLinks> &late)
{
    for (const auto &[name, repository] : fresh) {
        const QByteArray final = layout::repository(name);
        if (Status made = m_pool.files().makeDirectories(parentOf(final)); !made) {
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

Status PoolWriter::publishBlob(const StagedBlob &blob)
{
    const DurableDirectory &files = m_pool.files();
    const QByteArray final = layout::blob(blob.digest());
    if (Status made = files.makeDirectories(parentOf(final)); !made) {
        return made;
    }
    const Result<DurableDirectory::Published> published = files.publish(blob.stagedName(), final);
    if (!published) {
        return published.error();
    }
    if (*published == DurableDirectory::Published::Now) {
        return {};
    }
    // Somebody else's file is there: kept where it is as long as ours, replaced where it can't be the blob.
    if (files.fileSize(final) == blob.received()) {
        return files.remove(blob.stagedName());
    }
    return files.replace(blob.stagedName(), final);
}

QByteArray PoolWriter::nextName()
{
    return m_session + '/' + QByteArray::number(m_nextName++);
}

Status PoolWriter::stageLink(const QByteArray &to, const Digest &digest, std::vector<StagedLink> &links)
{
    const Result<Digest> there = m_pool.readLink(to);
    if (there && *there == digest) {
        return {};
    }
    links.push_back({nextName(), to});
    return m_pool.files().writeFile(links.back().from, digest.toByteArray());
}

Status PoolWriter::stageImage(const ImageLinks &image, std::vector<StagedLink> &links,
                              std::vector<StagedLink> &tags)
{
    // A registry knows a repository by both directories, and its garbage collection eats one that lacks
    // either.
    for (const QByteArray &directory : {layout::layers(image.repository), layout::tags(image.repository)}) {
        if (Status made = m_pool.files().makeDirectories(directory); !made) {
            return made;
        }
    }
    for (const auto &[path, digest] : image.parts()) {
        if (Status staged = stageLink(path, digest, links); !staged) {
            return staged;
        }
    }
    return stageTag(image, links, tags);
}

// A new tag's directory appears whole: a registry lists one without `current`, and answers 404 for it.
Status PoolWriter::stageTag(const ImageLinks &image, std::vector<StagedLink> &links,
                            std::vector<StagedLink> &tags)
{
    const DurableDirectory &files = m_pool.files();
    const QByteArray directory = layout::tag(image.repository, image.tag);
    if (files.isDirectory(directory)) {
        if (Status staged = stageLink(directory + '/' + layout::tagIndexLink(image.root), image.root, links);
            !staged) {
            return staged;
        }
        return stageLink(directory + '/' + layout::tagCurrentLink, image.root, tags);
    }
    const QByteArray staged = nextName();
    for (const QByteArray &link : {layout::tagIndexLink(image.root), QByteArray(layout::tagCurrentLink)}) {
        const QByteArray path = staged + '/' + link;
        if (Status made = files.makeDirectories(parentOf(path)); !made) {
            return made;
        }
        if (Status written = files.writeFile(path, image.root.toByteArray()); !written) {
            return written;
        }
    }
    tags.push_back({staged, directory});
    return {};
}

Status PoolWriter::stageIndexes(std::vector<StagedLink> &links)
{
    std::vector<Manifest> indexes;
    {
        const std::lock_guard lock(m_mutex);
        indexes.swap(m_indexes);
    }
    for (const Manifest &index : indexes) {
        links.push_back({nextName(), layout::seenIndex(index.digest())});
        if (Status written = m_pool.files().writeFile(links.back().from, index.bytes()); !written) {
            return written;
        }
    }
    return {};
}

Status PoolWriter::moveInto(const std::vector<StagedLink> &links)
{
    const DurableDirectory &files = m_pool.files();
    for (const StagedLink &link : links) {
        if (Status made = files.makeDirectories(parentOf(link.to)); !made) {
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
