// SPDX-License-Identifier: Apache-2.0
#include "bundle/BundleSumCheck.h"

#include "base/Digester.h"
#include "base/DurableDirectory.h"
#include "base/Text.h"
#include "bundle/BundleRefusal.h"

#include <QFile>
#include <QFileInfo>
#include <QtConcurrentRun>

#include <cerrno>
#include <fcntl.h>

namespace layerpool {
namespace {

constexpr qsizetype kSumPiece = 1024 * 1024;

Result<Digest> sumOf(const QString &file, const CancelToken &cancel, const CancelToken &stop)
{
    const UniqueFd fd(::open(QFile::encodeName(file).constData(), O_RDONLY | O_CLOEXEC));
    if (!fd) {
        return systemError(Text::tr("Cannot read the bundle %1").arg(file), errno);
    }
    Digester digester;
    QByteArray piece(kSumPiece, Qt::Uninitialized);
    while (!cancel.isCancelled() && !stop.isCancelled()) {
        const Result<qint64> count = readSome(fd.get(), piece.data(), piece.size(), file);
        if (!count) {
            return count.error();
        }
        if (*count == 0) {
            return digester.finish();
        }
        digester.add(QByteArrayView(piece.constData(), *count));
    }
    return cancelledError();
}

Status checkFiles(const QStringList &files, const FileSums &sums, const CancelToken &cancel,
                  const CancelToken &stop)
{
    for (const QString &file : files) {
        const Digest *const expected = sums.find(QFile::encodeName(QFileInfo(file).fileName()));
        if (expected == nullptr) {
            return refusedBundle(file, Text::tr("its sums are signed, and its own is not among them"));
        }
        const Result<Digest> digest = sumOf(file, cancel, stop);
        if (!digest) {
            return digest.error();
        }
        if (*digest != *expected) {
            return refusedBundle(
                file,
                Text::tr("its sum is %1, and %2 was signed").arg(digest->toString(), expected->toString()));
        }
    }
    return {};
}

} // namespace

BundleSumCheck::BundleSumCheck(const QStringList &files, const FileSums &sums, const CancelToken &cancel)
{
    m_pool.setMaxThreadCount(1);
    m_checked =
        QtConcurrent::run(&m_pool, [=, stop = m_stop] { return checkFiles(files, sums, cancel, stop); });
}

BundleSumCheck::~BundleSumCheck()
{
    m_stop.cancel();
    m_checked.waitForFinished();
}

Status BundleSumCheck::finish()
{
    return m_checked.result();
}

} // namespace layerpool
