// SPDX-License-Identifier: Apache-2.0
#include "bundle/FolderFiles.h"

#include "base/Text.h"
#include "bundle/FileBytes.h"

namespace layerpool {
namespace {

constexpr qsizetype kLongestFolder = 2048; // deeper than any image's name leads

} // namespace

Result<std::unique_ptr<FolderFiles>> FolderFiles::open(const QString &path, const CancelToken &cancel)
{
    Result<DurableDirectory> folder = DurableDirectory::open(path);
    if (!folder) {
        return folder.error();
    }
    std::unique_ptr<FolderFiles> files(new FolderFiles(path, *std::move(folder), cancel));
    const Status listed = files->list();
    return listed ? Result<std::unique_ptr<FolderFiles>>(std::move(files)) : listed.error();
}

Status FolderFiles::list()
{
    std::vector<QByteArray> folders{QByteArray()};
    for (std::size_t i = 0; i < folders.size(); ++i) {
        if (m_cancel.isCancelled()) {
            return cancelledError();
        }
        const QByteArray folder = folders[i]; // the list grows meanwhile
        if (Status listed = listFolder(folder, folders); !listed) {
            return listed;
        }
    }
    return {};
}

Status FolderFiles::listFolder(const QByteArray &folder, std::vector<QByteArray> &below)
{
    const Result<std::vector<DurableDirectory::Entry>> entries = m_folder.entries(folder);
    if (!entries) {
        return entries.error();
    }
    for (const DurableDirectory::Entry &entry : *entries) {
        const QByteArray name = folder.isEmpty() ? entry.name : folder + '/' + entry.name;
        if (entry.isDirectory) {
            if (name.size() > kLongestFolder) {
                return refused(name, Text::tr("it lies too deep"));
            }
            if (Status counted = count(name); !counted) {
                return counted;
            }
            below.push_back(name);
            continue;
        }
        const std::optional<qint64> size = m_folder.fileSize(name);
        if (!size) {
            return refused(name, Text::tr("it is a symbolic link, or no regular file"));
        }
        if (Status added = add(name, *size); !added) {
            return added;
        }
        m_totalBytes += *size;
    }
    return {};
}

Result<QByteArray> FolderFiles::text(const QByteArray &name, qint64 limit) const
{
    Result<QByteArray> bytes = m_folder.readFile(name, limit);
    return bytes || bytes.error().kind == ErrorKind::Storage ? std::move(bytes)
                                                             : refused(name, bytes.error().why);
}

Status FolderFiles::forEach(const std::set<QByteArray> &names, const OnFile &onFile)
{
    m_position = 0;
    qint64 passed = 0;
    for (const QByteArray &name : names) {
        Result<UniqueFd> file = m_folder.openFile(name);
        if (!file) {
            return file.error().kind == ErrorKind::Storage ? file.error() : refused(name, file.error().why);
        }
        FileBytes bytes(*std::move(file), m_folder.pathOf(name), m_cancel, m_position);
        if (Status done = onFile(name, bytes); !done) {
            return done;
        }
        passed += sizes().at(name);
        m_position = passed;
    }
    return {};
}

} // namespace layerpool
