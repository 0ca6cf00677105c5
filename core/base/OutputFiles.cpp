// SPDX-License-Identifier: Apache-2.0
#include "base/OutputFiles.h"

#include "base/Text.h"

#include <QFile>
#include <QFileInfo>
#include <QUuid>

#include <cerrno>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace layerpool {
namespace {

constexpr mode_t kOwnerOnly = 0600;
constexpr char kOwn[] = ".layerpool-";

// By itself: a disk that is over its quota may say so no earlier.
Status writeSynced(const UniqueFd &fd, const QString &name, QByteArrayView bytes)
{
    if (Status written = writeAll(fd.get(), bytes, name); !written) {
        return written;
    }
    return ::fsync(fd.get()) == 0 ? Status() : systemError(Text::tr("Cannot write %1").arg(name), errno);
}

} // namespace

Result<OutputFiles> OutputFiles::create(const QString &folder)
{
    Result<DurableDirectory> directory = DurableDirectory::create(folder);
    if (!directory) {
        return directory.error();
    }
    sweep(*directory);
    const QByteArray own = kOwn + QUuid::createUuid().toByteArray(QUuid::Id128);
    if (Status made = directory->makeDirectories(own); !made) {
        return made.error();
    }
    Result<UniqueFd> lock = directory->openDirectory(own);
    if (!lock) {
        return lock.error();
    }
    (void)::flock(lock->get(), LOCK_EX | LOCK_NB); // where there are no locks nobody sweeps either
    return OutputFiles(*std::move(directory), own, *std::move(lock));
}

OutputFiles::~OutputFiles()
{
    if (m_lock) { // not of one that was moved from
        (void)m_folder.removeTree(m_own);
    }
}

void OutputFiles::sweep(const DurableDirectory &folder)
{
    const auto entries = folder.entries({});
    for (const DurableDirectory::Entry &entry : entries ? *entries : std::vector<DurableDirectory::Entry>()) {
        if (!entry.isDirectory || !entry.name.startsWith(kOwn)) {
            continue;
        }
        const Result<UniqueFd> lock = folder.openDirectory(entry.name);
        if (lock && ::flock(lock->get(), LOCK_EX | LOCK_NB) == 0) {
            (void)folder.removeTree(entry.name);
        }
    }
}

Result<UniqueFd> OutputFiles::begin(const QString &name)
{
    const QByteArray temporary = m_own + '/' + QByteArray::number(qulonglong(m_files.size()));
    Result<UniqueFd> fd = m_folder.createFile(temporary);
    if (fd) {
        m_files.push_back({temporary, QFile::encodeName(name)});
    }
    return fd;
}

void OutputFiles::setName(std::size_t file, const QString &name)
{
    m_files.at(file).name = QFile::encodeName(name);
}

Status OutputFiles::add(const QString &name, QByteArrayView bytes)
{
    const Result<UniqueFd> fd = begin(name);
    return fd ? writeSynced(*fd, name, bytes) : fd.error();
}

Status OutputFiles::addSecret(const QString &name, QByteArrayView bytes)
{
    const Result<UniqueFd> fd = begin(name);
    if (!fd) {
        return fd.error();
    }
    return ::fchmod(fd->get(), kOwnerOnly) == 0 ? writeSynced(*fd, name, bytes)
                                                : systemError(Text::tr("Cannot write %1").arg(name), errno);
}

QStringList OutputFiles::names() const
{
    QStringList names;
    for (const File &file : m_files) {
        names << QFile::decodeName(file.name);
    }
    return names;
}

Status OutputFiles::publish(bool replaces)
{
    if (Status synced = m_folder.sync(); !synced) {
        return synced;
    }
    for (auto file = m_files.cbegin(); file != m_files.cend(); ++file) {
        const Status given = give(*file, replaces);
        if (!given) {
            for (auto back = m_files.cbegin(); back != file && !replaces; ++back) {
                (void)m_folder.remove(back->name);
            }
            return given;
        }
    }
    return m_folder.sync();
}

Status OutputFiles::give(const File &file, bool replaces) const
{
    if (replaces) {
        return m_folder.replace(file.temporary, file.name);
    }
    const Result<DurableDirectory::Published> published = m_folder.publish(file.temporary, file.name);
    if (!published) {
        return published.error();
    }
    return *published == DurableDirectory::Published::WasThere ? Status(nameTaken(m_folder.pathOf(file.name)))
                                                               : Status();
}

Status writeWhole(const QString &path, QByteArrayView bytes, bool replaces)
{
    const QFileInfo file(path);
    Result<OutputFiles> files = OutputFiles::create(file.absolutePath());
    if (!files) {
        return files.error();
    }
    const Status added = files->add(file.fileName(), bytes);
    return added ? files->publish(replaces) : added;
}

Error nameTaken(const QString &path)
{
    return {ErrorKind::Conflict,
            Text::tr("%1 exists").arg(path),
            Text::tr("nothing is overwritten without being asked"),
            Text::tr("Choose another name, or allow it to be replaced"),
            {},
            {},
            {QStringLiteral("--force")}};
}

} // namespace layerpool
