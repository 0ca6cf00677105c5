// SPDX-License-Identifier: Apache-2.0
#include "task/TaskJournal.h"

#include "base/Text.h"

#include <QFile>
#include <QUuid>

#include <cerrno>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace layerpool {
namespace {

constexpr qint64 kMostBytes = 64 * 1024 * 1024;
constexpr mode_t kOwnFile = 0600; // it names registries and folders of the user's
const QByteArray kEnding = QByteArrayLiteral(".json");

} // namespace

struct TaskJournal::Place
{
    QByteArray name;
    UniqueFd lock;

    QByteArray file() const { return name + kEnding; }
    QByteArray lockFile() const { return name + ".lock"; }
};

TaskJournal::TaskJournal(DurableDirectory files, std::unique_ptr<Place> own)
    : m_files(std::move(files)), m_own(std::move(own))
{
}

TaskJournal::TaskJournal(TaskJournal &&) noexcept = default;

TaskJournal::~TaskJournal()
{
    if (m_own && m_isEmpty) {
        remove(*m_own);
    }
}

Result<TaskJournal> TaskJournal::open(const QString &folder)
{
    Result<DurableDirectory> files = DurableDirectory::create(folder);
    if (!files) {
        return files.error();
    }
    QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    Result<std::unique_ptr<Place>> own = lock(*files, QUuid::createUuid().toByteArray(QUuid::Id128));
    if (!own) {
        return own.error();
    }
    return TaskJournal(*std::move(files), *std::move(own));
}

// Conflict where its session lives.
Result<std::unique_ptr<TaskJournal::Place>> TaskJournal::lock(const DurableDirectory &files,
                                                              const QByteArray &name)
{
    auto place = std::make_unique<Place>();
    place->name = name;
    Result<UniqueFd> fd = files.openForUpdate(place->lockFile());
    if (!fd) {
        return fd.error();
    }
    if (::flock(fd->get(), LOCK_EX | LOCK_NB) != 0) {
        const int failure = errno;
        Error error = systemError(Text::tr("Cannot lock %1").arg(files.pathOf(place->lockFile())), failure);
        error.kind = failure == EWOULDBLOCK ? ErrorKind::Conflict : error.kind;
        return error;
    }
    place->lock = *std::move(fd);
    return place;
}

// The file first: without its lock it would look like one that was left.
void TaskJournal::remove(const Place &place) const
{
    (void)m_files.remove(place.file());
    (void)m_files.remove(place.lockFile());
}

Status TaskJournal::write(const QByteArray &text)
{
    m_isEmpty = text.isEmpty();
    if (m_isEmpty) {
        return m_files.fileSize(m_own->file()) ? m_files.remove(m_own->file()) : Status();
    }
    const QByteArray staged = m_own->name + ".new";
    Result<UniqueFd> fd = m_files.openForUpdate(staged);
    if (!fd) {
        return fd.error();
    }
    const QString path = m_files.pathOf(staged);
    if (::fchmod(fd->get(), kOwnFile) != 0 || ::ftruncate(fd->get(), 0) != 0) {
        return systemError(Text::tr("Cannot write %1").arg(path), errno);
    }
    if (Status written = writeAll(fd->get(), text, path); !written) {
        return written;
    }
    if (::fsync(fd->get()) != 0 || ::close(fd->release()) != 0) {
        return systemError(Text::tr("Cannot write %1").arg(path), errno);
    }
    return m_files.replace(staged, m_own->file());
}

QByteArrayList TaskJournal::findLeft()
{
    QByteArrayList texts;
    const Result<std::vector<DurableDirectory::Entry>> entries = m_files.entries({});
    for (const DurableDirectory::Entry &entry : entries ? *entries : std::vector<DurableDirectory::Entry>()) {
        const QByteArray name = entry.name.chopped(std::min(entry.name.size(), kEnding.size()));
        if (!entry.name.endsWith(kEnding) || name == m_own->name) {
            continue;
        }
        Result<std::unique_ptr<Place>> place = lock(m_files, name);
        if (!place) {
            continue; // its session lives
        }
        if (const Result<QByteArray> text = m_files.readFile(entry.name, kMostBytes)) {
            texts << *text;
            m_left.push_back(*std::move(place));
        }
    }
    return texts;
}

void TaskJournal::forgetLeft()
{
    for (const std::unique_ptr<Place> &place : m_left) {
        remove(*place);
    }
    m_left.clear();
}

} // namespace layerpool
