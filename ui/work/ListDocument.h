// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "work/ListFile.h"
#include "work/ListRow.h"

#include <QObject>
#include <QThreadPool>
#include <QUndoStack>

#include <vector>

namespace layerpool {

/// One open list: its text, which can be edited, what is known of each line, and its file. What an edit
/// means for the other lines, and what the pool has, is found out in a worker; until then a new line's state
/// is unknown.
class ListDocument final : public QObject
{
    Q_OBJECT

public:
    /// `reading` is of the file's text, without a pool; `name` that of a list of no file yet, whose path is
    /// empty. The workers must outlive it.
    ListDocument(ListFile file, ListReading reading, QString name, QThreadPool &workers,
                 QObject *parent = nullptr);
    ~ListDocument() override;

    /// The file's name, or what stands for it.
    QString name() const;
    /// Empty for a list of no file yet.
    const QString &path() const { return m_file.path; }
    const ListFile &file() const { return m_file; }
    const ListText &text() const { return m_text; }
    /// One for each line.
    const QList<ListRow> &rows() const { return m_rows; }
    const LineCounts &counts() const { return m_counts; }
    /// What verbs work on: the lines as they are now, saved or not.
    std::shared_ptr<const ImagesList> list() const;
    bool isModified() const;
    bool hasPool() const { return m_pool != nullptr; }
    /// Whether the states come from a pool.
    bool isCompared() const { return m_isCompared; }
    /// What sources said when they were asked; of lines whose state in the pool has changed since, too.
    const SourceFindings &findings() const { return m_findings; }
    QUndoStack &undoStack() { return m_undo; }
    /// As if the last change had never been: it is not to be redone.
    void takeBack();

    /// New lines before `at`.
    void insert(int at, const QStringList &texts);
    void setText(int line, const QString &text);
    /// `lines` ascend, each once.
    void remove(const std::vector<int> &lines);
    /// Makes them comments, or, where all of them are, what they were.
    void toggleComments(const std::vector<int> &lines);

    void compareWith(std::shared_ptr<const PoolIndex> pool);
    /// What was asked for, and what its source says; it counts for each line until that changes in the pool.
    void setFindings(SourceFindings findings);
    /// Its text is in that file now.
    void setSaved(ListFile file);
    /// Another program has written the file: its text takes the place of this one's.
    void reload(ListFile file, ListReading reading);

Q_SIGNALS:
    /// Lines from `at` on are about to go, or to be others.
    void aboutToSplice(int at, int removed, int inserted);
    void spliced(int at, int removed, int inserted);
    /// States, and counts with them.
    void statesChanged();
    /// Its name, or whether it is modified.
    void titleChanged();

private:
    friend class SpliceCommand;

    void push(const ListText::Splice &splice, const QString &what);
    /// The selected lines in runs without a gap: first line and length, the last run first.
    static std::vector<std::pair<int, int>> runsOf(const std::vector<int> &lines);
    ListText::Splice apply(const ListText::Splice &splice);
    void readAnew();
    void take(ListReading reading);
    /// For messages.
    QString fileName() const { return path().isEmpty() ? m_name : path(); }

    ListFile m_file;
    QString m_name;
    QThreadPool &m_workers;
    ListText m_text;
    QList<ListRow> m_rows;
    LineCounts m_counts;
    mutable std::shared_ptr<const ImagesList> m_list; ///< null since an edit
    std::shared_ptr<const PoolIndex> m_pool;
    SourceFindings m_findings;
    QUndoStack m_undo;
    bool m_isTakingBack = false;
    bool m_isCompared = false;
    bool m_isReading = false;
    bool m_isStale = false; ///< what is being read is no longer what is there
};

} // namespace layerpool
