// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/DurableDirectory.h"

#include <QStringList>

namespace layerpool {

/// Files of one folder that get their names together, in the order in which they were begun, when all of them
/// are whole and on the disk. What was not published is taken away with this. For one thread.
class OutputFiles
{
public:
    /// Makes the folder where it is not there. Errors: Storage, NoSpace.
    static Result<OutputFiles> create(const QString &folder);
    OutputFiles(OutputFiles &&) noexcept = default;
    OutputFiles &operator=(OutputFiles &&) = delete;
    ~OutputFiles();

    /// A new file, to be written; its name may still be chosen. It is synced by `publish`.
    Result<UniqueFd> begin(const QString &name = {});
    /// Of the file that was begun so many others before it.
    void setName(std::size_t file, const QString &name);
    /// A whole one.
    Status add(const QString &name, QByteArrayView bytes);
    /// A whole one that nobody but its owner may read, from its first byte on.
    Status addSecret(const QString &name, QByteArrayView bytes);

    /// Conflict where a name is taken and `replaces` is not set: then none of them is there.
    Status publish(bool replaces);
    /// Of all that were begun.
    QStringList names() const;

private:
    struct File
    {
        QByteArray temporary;
        QByteArray name;
    };

    OutputFiles(DurableDirectory folder, QByteArray own, UniqueFd lock)
        : m_folder(std::move(folder)), m_own(std::move(own)), m_lock(std::move(lock))
    {
    }

    static void sweep(const DurableDirectory &folder);
    Status give(const File &file, bool replaces) const;

    DurableDirectory m_folder;
    QByteArray m_own; ///< a hidden folder there, for what has no name yet
    UniqueFd m_lock;  ///< on it: what nobody holds was left by a program that was killed
    std::vector<File> m_files;
};

/// A file that appears under its name whole and on the disk. Conflict where the name is taken and `replaces`
/// is not set; else Storage, NoSpace.
Status writeWhole(const QString &path, QByteArrayView bytes, bool replaces);

/// The Conflict that says so, and what to try.
Error nameTaken(const QString &path);

} // namespace layerpool
