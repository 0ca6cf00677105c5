// SPDX-License-Identifier: Apache-2.0
#include "bundle/BundleOutput.h"

#include "base/Text.h"
#include "bundle/BundleVolumes.h"

#include <QFileInfo>

#include <limits>

#include <unistd.h>

namespace layerpool {

BundleOutput::BundleOutput(QString path, qint64 volumeBytes, int onlyVolume, OutputFiles files)
    : m_path(std::move(path))
    , m_volumeBytes(volumeBytes)
    , m_onlyVolume(std::size_t(onlyVolume))
    , m_files(std::move(files))
{
}

Result<std::unique_ptr<BundleOutput>> BundleOutput::create(const QString &path, qint64 volumeBytes,
                                                           int onlyVolume)
{
    Result<OutputFiles> files = OutputFiles::create(QFileInfo(path).absolutePath());
    if (!files) {
        return files.error();
    }
    return std::unique_ptr<BundleOutput>(new BundleOutput(path, volumeBytes, onlyVolume, *std::move(files)));
}

bool BundleOutput::passesOver(qint64 position, qint64 bytes) const
{
    if (m_onlyVolume == 0) {
        return false;
    }
    const qint64 begin = (static_cast<qint64>(m_onlyVolume) - 1) * m_volumeBytes;
    return position + bytes <= begin || position >= begin + m_volumeBytes;
}

Status BundleOutput::beginFile()
{
    m_room = m_volumeBytes > 0 ? m_volumeBytes : std::numeric_limits<qint64>::max();
    m_done.emplace_back();
    if (m_onlyVolume > 0 && m_done.size() != m_onlyVolume) {
        return {};
    }
    Result<UniqueFd> fd = m_files.begin();
    if (!fd) {
        return fd.error();
    }
    m_fd = *std::move(fd);
    m_digester = std::make_unique<BackgroundDigester>(Digest::Algorithm::Sha256);
    return {};
}

// A volume goes to the disk when it is full: so the last one has little to wait for.
Status BundleOutput::endFile()
{
    if (!m_fd) {
        return {};
    }
    m_done.back().digest = m_digester->finish();
    if (::fsync(m_fd.get()) != 0) {
        return systemError(Text::tr("Cannot write %1").arg(m_path), errno);
    }
    m_fd = {};
    return {};
}

Status BundleOutput::write(const QByteArray &piece, QByteArrayView part)
{
    while (!part.isEmpty()) {
        if (m_room == 0) {
            if (Status begun = beginFile(); !begun) {
                return begun;
            }
        }
        const QByteArrayView next = part.first(std::min<qint64>(part.size(), m_room));
        if (Status written = m_fd ? put(piece, next) : Status(); !written) {
            return written;
        }
        m_done.back().bytes += next.size();
        m_written += next.size();
        m_room -= next.size();
        part = part.sliced(next.size());
        if (Status ended = m_room == 0 ? endFile() : Status(); !ended) {
            return ended;
        }
    }
    return {};
}

Status BundleOutput::put(const QByteArray &piece, QByteArrayView part)
{
    m_digester->add(piece, part);
    return writeAll(m_fd.get(), part, m_path);
}

Result<std::vector<BundleOutput::File>> BundleOutput::close()
{
    if (Status ended = endFile(); !ended) {
        return ended.error();
    }
    const QString name = QFileInfo(m_path).fileName();
    std::vector<File> files;
    for (std::size_t i = 0; i < m_done.size(); ++i) {
        if (m_onlyVolume > 0 && i + 1 != m_onlyVolume) {
            continue;
        }
        files.push_back(m_done[i]);
        files.back().name = m_volumeBytes > 0 ? volumeName(name, i + 1, m_done.size()) : name;
        m_files.setName(files.size() - 1, files.back().name);
    }
    if (m_onlyVolume > 0 && files.empty()) {
        return Error{ErrorKind::BadInput, Text::tr("%1 has no volume %2").arg(name).arg(m_onlyVolume),
                     Text::tr("it has %n of that size", "volumes", static_cast<int>(m_done.size())),
                     Text::tr("Choose the number and the size of the volume that lacks")};
    }
    return files;
}

} // namespace layerpool
