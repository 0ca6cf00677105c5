// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/DurableDirectory.h"

#include <QByteArrayList>

#include <memory>

namespace layerpool {

/// What a session has not finished, in a file of its own that outlives it: a later session finds it when this
/// one has ended, however it did. The file is locked while its session lives, so several sessions may share
/// a folder. For one thread at a time; every function blocks for a moment.
class TaskJournal
{
public:
    /// In a folder of the user's own, made where it is not there. Errors: Storage, NoSpace.
    static Result<TaskJournal> open(const QString &folder);
    TaskJournal(TaskJournal &&) noexcept;
    TaskJournal &operator=(TaskJournal &&) = delete;
    /// Where nothing is unfinished, nothing is left.
    ~TaskJournal();

    /// In place of what was there, and on the disk when it returns; empty: nothing is unfinished.
    Status write(const QByteArray &text);

    /// Of sessions that have ended, each as it was written. They are this session's from now on: no other
    /// finds them, until this one has ended too.
    QByteArrayList findLeft();
    /// Removes what was found.
    void forgetLeft();

private:
    struct Place; ///< a file and its lock

    TaskJournal(DurableDirectory files, std::unique_ptr<Place> own);
    static Result<std::unique_ptr<Place>> lock(const DurableDirectory &files, const QByteArray &name);
    void remove(const Place &place) const;

    DurableDirectory m_files;
    std::unique_ptr<Place> m_own;
    std::vector<std::unique_ptr<Place>> m_left;
    bool m_isEmpty = true;
};

} // namespace layerpool
