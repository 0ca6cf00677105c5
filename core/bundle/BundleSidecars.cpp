// SPDX-License-Identifier: Apache-2.0
#include "bundle/BundleSidecars.h"

#include "base/Digester.h"
#include "bundle/FileSums.h"
#include "sign/Signature.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace layerpool {
namespace {

constexpr QLatin1String kIndexEnding{".index.json"};
constexpr QLatin1String kSumsEnding{".sha256"};
constexpr QLatin1String kSignatureEnding{".minisig"};

// Minisign's own, so that its `-V` says the same of ours.
QByteArray commentFor(const QString &sums)
{
    QByteArray name = QFile::encodeName(QFileInfo(sums).fileName());
    std::replace_if(
        name.begin(), name.end(), [](char byte) { return static_cast<unsigned char>(byte) < ' '; }, '?');
    return "timestamp:" + QByteArray::number(QDateTime::currentSecsSinceEpoch()) + "\tfile:" + name +
           "\thashed";
}

} // namespace

QStringList sidecarsOf(const QString &bundle)
{
    return {bundle + kIndexEnding, sumsPathOf(bundle), signaturePathOf(bundle)};
}

QString sumsPathOf(const QString &bundle)
{
    return bundle + kSumsEnding;
}

QString signaturePathOf(const QString &bundle)
{
    return sumsPathOf(bundle) + kSignatureEnding;
}

Status addSidecars(const QString &bundle, const std::vector<BundleOutput::File> &files, QByteArrayView index,
                   const SecretKey *signer, BundleOutput &output)
{
    const QString name = QFileInfo(bundle).fileName();
    FileSums sums;
    for (const BundleOutput::File &file : files) {
        sums.lines.push_back({QFile::encodeName(file.name), file.digest});
    }
    sums.lines.push_back({QFile::encodeName(name + kIndexEnding), Digester::of(index)});
    const QByteArray text = sums.toText();
    Status added = output.addBeside(name + kIndexEnding, index);
    added = added ? output.addBeside(sumsPathOf(name), text) : added;
    return added && signer != nullptr
               ? output.addBeside(signaturePathOf(name),
                                  Signature::of(text, *signer, commentFor(sumsPathOf(name))).toFile())
               : added;
}

} // namespace layerpool
