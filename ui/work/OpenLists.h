// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "work/ListDocument.h"
#include "work/SourceChecker.h"

#include <QFileSystemWatcher>
#include <QSet>
#include <QTimer>

#include <functional>

namespace layerpool {

/// The file of a list and what stands in it.
struct ReadListFile
{
    ListFile file;
    ListReading reading; ///< without a pool
};

/// The lists that are open, in the order of their tabs, and which of them is in front. Files are read and
/// written in workers.
class OpenLists final : public QObject
{
    Q_OBJECT

public:
    /// The workers must outlive it.
    explicit OpenLists(QThreadPool &workers, QObject *parent = nullptr);

    int count() const { return int(m_documents.size()); }
    ListDocument *at(int position) const { return m_documents[std::size_t(position)].get(); }
    /// -1 where it is not open.
    int positionOf(const ListDocument *document) const;
    /// Null while none is open.
    ListDocument *current() const { return m_current; }
    void setCurrent(ListDocument *document);
    /// The next one, or the one before, and from the last on to the first.
    void step(int by);
    std::vector<ListDocument *> modified() const;
    /// Of the open lists that have one.
    QStringList paths() const;
    /// Those of an earlier session. `absent` ones are not opened, and not forgotten: their disk may come
    /// back.
    void openAgain(const QStringList &paths, const QStringList &absent, const QString &shown);
    /// Of an earlier session, as long as they were not opened.
    const QStringList &absent() const { return m_absent; }

    /// Files, and folders for every list in them, each as a list of its own; the first is shown, or `shown`.
    /// One that is open already is not opened twice.
    void open(const QStringList &paths, const QString &shown = {});
    /// A list of no file yet.
    ListDocument *add(const ListText &text);
    void close(ListDocument *document);
    /// `then` is told what became of it, and not where the list is closed meanwhile.
    void save(ListDocument *document, const QString &path, Overwriting overwriting,
              std::function<void(const ListSaving &)> then);

    void compareWith(std::shared_ptr<const PoolIndex> pool);
    SourceChecker &checker() { return m_checker; }

Q_SIGNALS:
    /// Files are read or written now: what was said of the last ones holds no longer.
    void begun();
    void opened(layerpool::ListDocument *document);
    /// It is no longer among them; after this it goes.
    void closed(layerpool::ListDocument *document);
    void currentChanged();
    /// A name, what is modified, or what can be undone.
    void titleChanged(layerpool::ListDocument *document);
    /// States, of the list in front or another.
    void statesChanged(layerpool::ListDocument *document);
    /// A file was opened, or a list saved under another name.
    void fileUsed(const QString &path);
    void failed(const layerpool::Error &error);
    /// Another program has written its file: what is being typed into it counts first.
    void aboutToReload(layerpool::ListDocument *document);
    /// Another program has written its file; it held no changes of its own, and was read anew.
    void reloaded(layerpool::ListDocument *document);

private:
    ListDocument *take(ReadListFile list);
    void watch(const QString &path);
    void onFileChanged(const QString &path);
    void readChanged();
    void readAnew(const QString &path, const QByteArray &known);
    ListDocument *append(std::unique_ptr<ListDocument> document);
    /// By its path, or the real one behind it; null where none of them is open.
    ListDocument *documentAt(const QString &path) const;

    QThreadPool &m_workers;
    SourceChecker m_checker;
    QFileSystemWatcher m_watcher; ///< of the open lists' files
    QSet<QString> m_changed;      ///< files that somebody writes
    QTimer m_settling;
    QStringList m_absent; ///< lists of an earlier session that were not there
    std::vector<std::unique_ptr<ListDocument>> m_documents;
    QHash<ListDocument *, std::vector<std::function<void()>>> m_saving; ///< and what waits for it
    ListDocument *m_current = nullptr;
    std::shared_ptr<const PoolIndex> m_pool;
    int m_untitled = 0; ///< that were made so far
};

} // namespace layerpool
