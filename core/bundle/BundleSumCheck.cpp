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
#include <functional>
#include <utility>

namespace layerpool {
namespace {

constexpr qsizetype kSumPiece = 1024 * 1024;

// Is told how many bytes were read since, and says whether to read on.
using GoesOn = std::function<bool(qint64 bytes)>;

Result<Digest> sumOf(const QString &file, const GoesOn &goesOn)
{
    const UniqueFd fd(::open(QFile::encodeName(file).constData(), O_RDONLY | O_CLOEXEC));
    if (!fd) {
        return systemError(Text::tr("Cannot read the bundle %1").arg(file), errno);
    }
    Digester digester;
    QByteArray piece(kSumPiece, Qt::Uninitialized);
    qint64 bytes = 0;
    while (goesOn(std::exchange(bytes, 0))) {
        const Result<qint64> count = readSome(fd.get(), piece.data(), piece.size(), file);
        if (!count) {
            return count.error();
        }
        if (*count == 0) {
            return digester.finish();
        }
        digester.add(QByteArrayView(piece.constData(), *count));
        bytes = *count;
    }
    return cancelledError();
}

Status checkFiles(const QStringList &files, const FileSums &sums, const GoesOn &goesOn)
{
    for (const QString &file : files) {
        const Digest *const expected = sums.find(QFile::encodeName(QFileInfo(file).fileName()));
        if (expected == nullptr) {
            return refusedBundle(file, Text::tr("its sums are signed, and its own is not among them"));
        }
        const Result<Digest> digest = sumOf(file, goesOn);
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

Status checkSums(const QStringList &files, const FileSums &sums, const CancelToken &cancel,
                 const OnBundleRead &onRead)
{
    qint64 all = 0;
    for (const QString &file : files) {
        all += QFileInfo(file).size();
    }
    qint64 position = 0;
    return checkFiles(files, sums, [&](qint64 bytes) {
        position += bytes;
        if (onRead) {
            onRead(BundleStep::Sums, position, all);
        }
        return !cancel.isCancelled();
    });
}

BundleSumCheck::BundleSumCheck(const QStringList &files, const FileSums &sums, const CancelToken &cancel)
{
    m_pool.setMaxThreadCount(1);
    const GoesOn goesOn = [cancel, stop = m_stop](qint64) {
        return !cancel.isCancelled() && !stop.isCancelled();
    };
    m_checked = QtConcurrent::run(&m_pool, [=] { return checkFiles(files, sums, goesOn); });
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
