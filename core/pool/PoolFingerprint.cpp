// SPDX-License-Identifier: Apache-2.0
#include "pool/PoolFingerprint.h"

#include "pool/PoolLayout.h"

#include <QDir>
#include <QFile>

#include <sys/stat.h>

namespace layerpool {
namespace {

// By name and to the nanosecond; nothing of what is not there.
QByteArray timeOf(const QString &folder)
{
    struct stat info
    {
    };
    return ::stat(QFile::encodeName(folder).constData(), &info) == 0
               ? QFile::encodeName(folder) + ' ' + QByteArray::number(qint64(info.st_mtim.tv_sec)) + '.' +
                     QByteArray::number(qint64(info.st_mtim.tv_nsec)) + '\n'
               : QByteArray();
}

} // namespace

QByteArray poolFingerprint(const QString &path)
{
    const QDir pool(path);
    QByteArray times = timeOf(pool.filePath(QString::fromLatin1(layout::repositories)));
    // Our own writers give names after the last blob, and take their folder away when they end.
    times += timeOf(pool.filePath(QString::fromLatin1(layout::sessions)));
    for (const Digest::Algorithm algorithm : Digest::algorithms) {
        const QDir blobs(pool.filePath(QString::fromLatin1(layout::blobs(algorithm))));
        times += timeOf(blobs.path());
        for (const QString &prefix : blobs.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
            times += timeOf(blobs.filePath(prefix));
        }
    }
    return times;
}

} // namespace layerpool
