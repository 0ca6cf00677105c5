// SPDX-License-Identifier: Apache-2.0
#include "bundle/EarlierSums.h"

#include "base/Digester.h"
#include "base/Text.h"
#include "bundle/BundleSidecars.h"
#include "sign/SmallFile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace layerpool {

Result<EarlierSums> EarlierSums::of(const QString &bundle)
{
    EarlierSums earlier;
    earlier.m_path = sumsPathOf(bundle);
    earlier.m_name = QFileInfo(bundle).fileName();
    if (!QFileInfo::exists(earlier.m_path)) {
        return earlier;
    }
    const Result<QByteArray> text = readSmallFile(
        earlier.m_path, Text::tr("Cannot read %1").arg(QDir::toNativeSeparators(earlier.m_path)),
        FileSums::mostBytes);
    if (!text) {
        return text.error();
    }
    Result<FileSums> sums = FileSums::parse(*text);
    if (!sums) {
        return Error{ErrorKind::BadInput,
                     Text::tr("%1 holds no sums").arg(QDir::toNativeSeparators(earlier.m_path)),
                     sums.error().why, Text::tr("Move it away, or make the whole bundle anew")};
    }
    earlier.m_sums = *std::move(sums);
    return earlier;
}

QString EarlierSums::fileName() const
{
    return QFileInfo(m_path).fileName();
}

Status EarlierSums::check(const QString &file, const Digest &digest) const
{
    const Digest *const known = m_sums ? m_sums->find(QFile::encodeName(file)) : &digest;
    if (known != nullptr && *known == digest) {
        return {};
    }
    return Error{
        ErrorKind::BadInput, Text::tr("The volume would not go with the others of %1").arg(m_name),
        known ? Text::tr("%1 has the sum %2, and %3 says %4")
                    .arg(file, digest.toString(), fileName(), known->toString())
              : Text::tr("%1 has no sum of %2", "files").arg(fileName(), file),
        Text::tr("Give the list and the options that it was made with; where the pool has changed since, "
                 "make the whole bundle anew")};
}

Status EarlierSums::checkIndex(QByteArrayView index) const
{
    return check(QFileInfo(indexPathOf(m_name)).fileName(), Digester::of(index));
}

} // namespace layerpool
