// SPDX-License-Identifier: Apache-2.0
#include "bundle/BundleStream.h"

#include "base/DurableDirectory.h"
#include "base/Text.h"
#include "bundle/BundleRefusal.h"
#include "bundle/PackedStream.h"

#include <QFile>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>

namespace layerpool {
namespace {

class PlainStream final : public BundleStream
{
public:
    PlainStream(QString path, UniqueFd fd, qint64 fileBytes)
        : BundleStream(fileBytes), m_path(std::move(path)), m_fd(std::move(fd))
    {
    }

    Result<QByteArrayView> next() override
    {
        qsizetype filled = 0;
        while (filled < m_piece.size()) {
            const Result<qint64> count =
                readSome(m_fd.get(), m_piece.data() + filled, m_piece.size() - filled, m_path);
            if (!count) {
                return count.error();
            }
            if (*count == 0) {
                break;
            }
            filled += *count;
        }
        m_position += filled;
        return QByteArrayView(m_piece.constData(), filled);
    }

    // Not beyond the end: a file that is cut short would look like a whole one.
    qint64 skip(qint64 bytes) override
    {
        const qint64 there = std::max<qint64>(0, std::min(bytes, fileBytes() - m_position));
        if (::lseek(m_fd.get(), m_position + there, SEEK_SET) < 0) {
            return 0;
        }
        m_position += there;
        return there;
    }

    qint64 position() const override { return m_position; }

private:
    QString m_path;
    UniqueFd m_fd;
    QByteArray m_piece = QByteArray(pieceBytes, Qt::Uninitialized);
    qint64 m_position = 0;
};

Error cannotOpen(const QString &path, int number)
{
    Error error = systemError(Text::tr("Cannot read the bundle %1").arg(path), number);
    error.kind = number == ENOENT || number == ENOTDIR ? ErrorKind::NotFound : ErrorKind::BadInput;
    return error;
}

Error noFile(const QString &path, bool isFolder)
{
    return {ErrorKind::BadInput, Text::tr("%1 is no bundle").arg(path),
            isFolder ? Text::tr("it is a folder, and a bundle is a tar file")
                     : Text::tr("it is no regular file"),
            Text::tr("Choose a .tar, .tar.gz or .tar.zst file")};
}

} // namespace

qint64 BundleStream::skip(qint64)
{
    return 0;
}

Result<std::unique_ptr<BundleStream>> BundleStream::open(const QString &path)
{
    // Without O_NONBLOCK a pipe without a writer would hold whoever opens it.
    UniqueFd fd(::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat info
    {
    };
    if (!fd || ::fstat(fd.get(), &info) != 0) {
        return cannotOpen(path, errno);
    }
    if (!S_ISREG(info.st_mode)) {
        return noFile(path, S_ISDIR(info.st_mode));
    }
    std::array<char, 4> magic{};
    const ssize_t count = ::pread(fd.get(), magic.data(), magic.size(), 0);
    if (count < 0) {
        return systemError(Text::tr("Cannot read the bundle %1").arg(path), errno);
    }
    if (const auto packing = PackedStream::packingOf(QByteArrayView(magic.data(), count))) {
        return PackedStream::create(path, std::move(fd), info.st_size, *packing);
    }
    return std::unique_ptr<BundleStream>(new PlainStream(path, std::move(fd), info.st_size));
}

} // namespace layerpool
