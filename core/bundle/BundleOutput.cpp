// SPDX-License-Identifier: Apache-2.0
#include "bundle/BundleOutput.h"

#include "base/Text.h"
#include "bundle/BundleVolumes.h"

#include <QFileInfo>

#include <limits>

#include <unistd.h>

namespace layerpool {

BundleOutput::BundleOutput(QString path, qint64 volumeBytes, OutputFiles files)
    : m_path(std::move(path)), m_volumeBytes(volumeBytes), m_files(std::move(files))
{
}

Result<std::unique_ptr<BundleOutput>> BundleOutput::create(const QString &path, qint64 volumeBytes)
{
    Result<OutputFiles> files = OutputFiles::create(QFileInfo(path).absolutePath());
    if (!files) {
        return files.error();
    }
    return std::unique_ptr<BundleOutput>(new BundleOutput(path, volumeBytes, *std::move(files)));
}

Status BundleOutput::beginFile()
{
    Result<UniqueFd> fd = m_files.begin();
    if (!fd) {
        return fd.error();
    }
    m_fd = *std::move(fd);
    m_digester = std::make_unique<BackgroundDigester>(Digest::Algorithm::Sha256);
    m_room = m_volumeBytes > 0 ? m_volumeBytes : std::numeric_limits<qint64>::max();
    m_done.emplace_back();
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
        if (!m_fd) {
            if (Status begun = beginFile(); !begun) {
                return begun;
            }
        }
        const QByteArrayView next = part.first(std::min<qint64>(part.size(), m_room));
        m_digester->add(piece, next);
        if (Status written = writeAll(m_fd.get(), next, m_path); !written) {
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

Result<std::vector<BundleOutput::File>> BundleOutput::close()
{
    if (Status ended = endFile(); !ended) {
        return ended.error();
    }
    const QString name = QFileInfo(m_path).fileName();
    for (std::size_t i = 0; i < m_done.size(); ++i) {
        m_done[i].name = m_volumeBytes > 0 ? volumeName(name, i + 1, m_done.size()) : name;
        m_files.setName(i, m_done[i].name);
    }
    return m_done;
}

} // namespace layerpool
