// SPDX-License-Identifier: Apache-2.0
#include "bundle/EarlierSums.h"

#include "base/Digester.h"
#include "base/Text.h"
#include "bundle/BundleReader.h"
#include "bundle/BundleSidecars.h"
#include "sign/SmallFile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace layerpool {

Error anotherVolume(const QString &bundle, const QString &why)
{
    return {ErrorKind::BadInput,
            Text::tr("The volume would not go with the others of %1").arg(QFileInfo(bundle).fileName()), why,
            Text::tr("Give the list and the options that it was made with; where the pool has changed since, "
                     "make the whole bundle anew")};
}

Result<EarlierSums> EarlierSums::of(const QString &bundle)
{
    EarlierSums earlier;
    earlier.m_bundle = bundle;
    const QString path = sumsPathOf(bundle);
    const QString name = QDir::toNativeSeparators(path);
    if (!QFileInfo::exists(path)) {
        return earlier;
    }
    const Result<QByteArray> text =
        readSmallFile(path, Text::tr("Cannot read %1").arg(name), FileSums::mostBytes);
    if (!text) {
        return text.error();
    }
    Result<FileSums> sums = FileSums::parse(*text);
    if (!sums) {
        return Error{ErrorKind::BadInput, Text::tr("%1 holds no sums").arg(name), sums.error().why,
                     Text::tr("Move it away, or make the whole bundle anew")};
    }
    earlier.m_sums = *std::move(sums);
    return earlier;
}

QString EarlierSums::fileName() const
{
    return QFileInfo(sumsPathOf(m_bundle)).fileName();
}

Status EarlierSums::check(const QString &file, const Digest &digest) const
{
    const Digest *const known = m_sums ? m_sums->find(QFile::encodeName(file)) : &digest;
    if (known != nullptr && *known == digest) {
        return {};
    }
    return anotherVolume(m_bundle, known ? Text::tr("%1 has the sum %2, and %3 says %4")
                                               .arg(file, digest.toString(), fileName(), known->toString())
                                         : Text::tr("%1 has no sum of %2", "files").arg(fileName(), file));
}

Status EarlierSums::checkIndex(QByteArrayView index) const
{
    const QString path = indexPathOf(m_bundle);
    const QString name = QFileInfo(path).fileName();
    if (m_sums && m_sums->find(QFile::encodeName(name))) {
        return check(name, Digester::of(index));
    }
    if (!QFileInfo::exists(path)) {
        return {};
    }
    const Result<QByteArray> there = readSmallFile(
        path, Text::tr("Cannot read %1").arg(QDir::toNativeSeparators(path)), BundleReader::mostIndexBytes);
    if (!there) {
        return there.error();
    }
    return *there == index ? Status()
                           : Status(anotherVolume(m_bundle, Text::tr("%1 lists other content").arg(name)));
}

} // namespace layerpool
