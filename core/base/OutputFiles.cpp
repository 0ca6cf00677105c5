// SPDX-License-Identifier: Apache-2.0
#include "base/OutputFiles.h"

#include "base/Text.h"

#include <QFile>
#include <QFileInfo>
#include <QUuid>

#include <cerrno>
#include <sys/stat.h>

namespace layerpool {
namespace {

constexpr mode_t kOwnerOnly = 0600;

} // namespace

Result<OutputFiles> OutputFiles::create(const QString &folder)
{
    Result<DurableDirectory> directory = DurableDirectory::create(folder);
    return directory ? Result<OutputFiles>(OutputFiles(*std::move(directory))) : directory.error();
}

OutputFiles::~OutputFiles()
{
    for (const File &file : m_files) { // none of one that was moved from
        if (!file.temporary.isEmpty()) {
            (void)m_folder.remove(file.temporary);
        }
    }
}

Result<UniqueFd> OutputFiles::begin(const QString &name)
{
    const QByteArray temporary = ".layerpool-" + QUuid::createUuid().toByteArray(QUuid::Id128) + ".part";
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
    return fd ? writeAll(fd->get(), bytes, name) : fd.error();
}

Status OutputFiles::addSecret(const QString &name, QByteArrayView bytes)
{
    const Result<UniqueFd> fd = begin(name);
    if (!fd) {
        return fd.error();
    }
    return ::fchmod(fd->get(), kOwnerOnly) == 0 ? writeAll(fd->get(), bytes, name)
                                                : systemError(Text::tr("Cannot write %1").arg(name), errno);
}

Status OutputFiles::publish(bool replaces)
{
    if (Status synced = m_folder.sync(); !synced) {
        return synced;
    }
    for (auto file = m_files.begin(); file != m_files.end(); ++file) {
        const Status given = give(*file, replaces);
        if (!given) {
            for (auto back = m_files.begin(); back != file && !replaces; ++back) {
                (void)m_folder.remove(back->name);
            }
            return given;
        }
    }
    return m_folder.sync();
}

Status OutputFiles::give(File &file, bool replaces)
{
    if (replaces) {
        if (Status replaced = m_folder.replace(file.temporary, file.name); !replaced) {
            return replaced;
        }
    } else {
        const Result<DurableDirectory::Published> published = m_folder.publish(file.temporary, file.name);
        if (!published) {
            return published.error();
        }
        if (*published == DurableDirectory::Published::WasThere) {
            return nameTaken(m_folder.pathOf(file.name));
        }
    }
    file.temporary.clear();
    return {};
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
