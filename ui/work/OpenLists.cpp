// SPDX-License-Identifier: Apache-2.0
#include "work/OpenLists.h"

#include "work/Background.h"

#include <algorithm>
#include <utility>

namespace layerpool {
namespace {

constexpr int kSettleMs = 200;
constexpr int kAbsentMs = 2000;

Result<ReadListFile> readFile(const QString &path)
{
    Result<ListFile> file = ListFile::read(path);
    if (!file) {
        return file.error();
    }
    ListReading reading = readList(file->text, file->path, nullptr, {});
    return ReadListFile{*std::move(file), std::move(reading)};
}

std::vector<Result<ReadListFile>> readAll(const QStringList &paths)
{
    std::vector<Result<ReadListFile>> read;
    for (const QString &path : paths) {
        const Result<QStringList> files = ListText::filesAt(path);
        if (!files) {
            read.emplace_back(files.error());
            continue;
        }
        std::transform(files->begin(), files->end(), std::back_inserter(read), readFile);
    }
    return read;
}

ListSaving occupiedBy(const ListDocument &other)
{
    ListSaving saving;
    saving.outcome = ListSaving::Outcome::Failed;
    saving.error = Error{ErrorKind::Conflict, OpenLists::tr("Cannot save %1").arg(other.path()),
                         OpenLists::tr("that list is open in another tab"),
                         OpenLists::tr("Close that tab first, or choose another name")};
    return saving;
}

} // namespace

OpenLists::OpenLists(QThreadPool &workers, QObject *parent)
    : QObject(parent), m_workers(workers), m_checker(workers)
{
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &OpenLists::onFileChanged);
    m_settling.setSingleShot(true);
    connect(&m_settling, &QTimer::timeout, this, &OpenLists::readChanged);
}

int OpenLists::positionOf(const ListDocument *document) const
{
    const auto found = std::find_if(m_documents.begin(), m_documents.end(),
                                    [document](const auto &each) { return each.get() == document; });
    return found == m_documents.end() ? -1 : int(found - m_documents.begin());
}

void OpenLists::setCurrent(ListDocument *document)
{
    if (m_current != document) {
        m_current = document;
        Q_EMIT currentChanged();
    }
}

void OpenLists::step(int by)
{
    if (m_current) {
        setCurrent(at((positionOf(m_current) + by + count()) % count()));
    }
}

std::vector<ListDocument *> OpenLists::modified() const
{
    std::vector<ListDocument *> found;
    for (const auto &document : m_documents) {
        if (document->isModified()) {
            found.push_back(document.get());
        }
    }
    return found;
}

QStringList OpenLists::paths() const
{
    QStringList paths;
    for (const auto &document : m_documents) {
        if (!document->path().isEmpty()) {
            paths.append(document->path());
        }
    }
    return paths;
}

void OpenLists::openAgain(const QStringList &paths, const QStringList &absent, const QString &shown)
{
    m_absent = absent;
    if (!paths.isEmpty()) {
        open(paths, shown);
    }
}

void OpenLists::open(const QStringList &paths, const QString &shown)
{
    Q_EMIT begun();
    runInBackground(
        m_workers, this, [paths] { return readAll(paths); },
        [this, shown](std::vector<Result<ReadListFile>> lists) {
            ListDocument *first = nullptr;
            for (Result<ReadListFile> &list : lists) {
                if (!list) {
                    Q_EMIT failed(list.error());
                    continue;
                }
                ListDocument *document = take(*std::move(list));
                first = !first || document->path() == shown ? document : first;
            }
            if (first) {
                setCurrent(first);
            }
        });
}

ListDocument *OpenLists::documentAt(const QString &path) const
{
    const auto found = std::find_if(m_documents.begin(), m_documents.end(), [&](const auto &each) {
        return !path.isEmpty() && (each->path() == path || each->file().realPath == path);
    });
    return found == m_documents.end() ? nullptr : found->get();
}

void OpenLists::watch(const QString &path)
{
    if (!path.isEmpty() && !m_watcher.files().contains(path)) {
        m_watcher.addPath(path);
    }
}

void OpenLists::onFileChanged(const QString &path)
{
    m_changed.insert(path);
    m_settling.start(kSettleMs); // who writes a file writes it in several steps
}

void OpenLists::readChanged()
{
    for (const QString &path : std::exchange(m_changed, {})) {
        if (const ListDocument *document = documentAt(path)) {
            watch(path); // who puts another file in its place ends the watch
            readAnew(path, document->file().text.toBytes());
        }
    }
}

// Our own saving is heard of, too: then what is read is known. With changes of its own the list is left as it
// is; to save it asks.
void OpenLists::readAnew(const QString &path, const QByteArray &known)
{
    runInBackground(
        m_workers, this, [path] { return readFile(path); },
        [this, path, known](Result<ReadListFile> read) {
            ListDocument *document = documentAt(path);
            if (!document || document->file().text.toBytes() != known) {
                return; // saved, or read, meanwhile
            }
            if (!read) {
                m_changed.insert(path);
                m_settling.start(kAbsentMs); // it may come back
                return;
            }
            if (read->file.text.toBytes() == known || m_saving.contains(document)) {
                return;
            }
            Q_EMIT aboutToReload(document);
            if (!document->isModified()) {
                document->reload(std::move(read->file), std::move(read->reading));
                Q_EMIT reloaded(document);
            }
        });
}

ListDocument *OpenLists::take(ReadListFile list)
{
    const QString path = list.file.path;
    ListDocument *document = documentAt(list.file.realPath);
    if (!document) {
        document = append(std::make_unique<ListDocument>(std::move(list.file), std::move(list.reading),
                                                         QString(), m_workers));
    } else if (document->text().toBytes() != list.file.text.toBytes()) {
        Q_EMIT aboutToReload(document);
        if (!document->isModified()) {
            document->reload(std::move(list.file), std::move(list.reading));
        }
    }
    m_absent.removeAll(path);
    Q_EMIT fileUsed(path);
    return document;
}

ListDocument *OpenLists::add(const ListText &text)
{
    const QString name = tr("Untitled %1").arg(++m_untitled);
    ListDocument *document = append(std::make_unique<ListDocument>(
        ListFile{{}, {}, text}, readList(text, name, nullptr, {}), name, m_workers));
    setCurrent(document);
    return document;
}

ListDocument *OpenLists::append(std::unique_ptr<ListDocument> owned)
{
    ListDocument *document = owned.get();
    m_documents.push_back(std::move(owned));
    connect(document, &ListDocument::titleChanged, this, [this, document] { Q_EMIT titleChanged(document); });
    connect(document, &ListDocument::statesChanged, this,
            [this, document] { Q_EMIT statesChanged(document); });
    if (m_pool) {
        document->compareWith(m_pool);
    }
    watch(document->path());
    Q_EMIT opened(document);
    return document;
}

void OpenLists::close(ListDocument *document)
{
    const int position = positionOf(document);
    if (position < 0) {
        return;
    }
    const auto owned = std::move(m_documents[std::size_t(position)]);
    m_documents.erase(m_documents.begin() + position);
    m_checker.forget(document);
    m_saving.remove(document);
    if (!document->path().isEmpty()) {
        m_watcher.removePath(document->path());
    }
    Q_EMIT closed(document);
    if (m_current == document) {
        setCurrent(m_documents.empty() ? nullptr : at(std::min(position, count() - 1)));
    }
}

// One at a time, or the second would take what the first has written for another program's.
void OpenLists::save(ListDocument *document, const QString &path, Overwriting overwriting,
                     std::function<void(const ListSaving &)> then)
{
    if (const auto going = m_saving.find(document); going != m_saving.end()) {
        going->push_back([=, this] { save(document, path, overwriting, then); });
        return;
    }
    if (const ListDocument *other = documentAt(path); other && other != document) {
        then(occupiedBy(*other));
        return;
    }
    Q_EMIT begun();
    m_saving.insert(document, {});
    const bool isOwn = document->path() == path;
    runInBackground(
        m_workers, document,
        [known = document->file(), path, text = document->text(), overwriting] {
            return saveList(known, path, text, overwriting);
        },
        [this, document, isOwn, then = std::move(then)](const ListSaving &saving) {
            const auto waiting = m_saving.take(document);
            if (saving.outcome == ListSaving::Outcome::Saved) {
                document->setSaved(saving.file);
                watch(saving.file.path);
            }
            if (saving.outcome == ListSaving::Outcome::Saved && !isOwn) {
                Q_EMIT fileUsed(saving.file.path);
            }
            for (const auto &next : waiting) {
                next();
            }
            then(saving);
        });
}

void OpenLists::compareWith(std::shared_ptr<const PoolIndex> pool)
{
    m_pool = std::move(pool);
    if (m_current) { // what is seen comes first
        m_current->compareWith(m_pool);
    }
    for (const auto &document : m_documents) {
        if (document.get() != m_current) {
            document->compareWith(m_pool);
        }
    }
}

} // namespace layerpool
