// SPDX-License-Identifier: Apache-2.0
#include "bundle/BundleSidecars.h"

#include "base/Digester.h"
#include "base/Text.h"
#include "bundle/BundleFormat.h"
#include "bundle/FileSums.h"
#include "bundle/ReportCsv.h"
#include "bundle/BundleVolumes.h"
#include "bundle/ReportHtml.h"
#include "bundle/ReportJson.h"
#include "sign/Signature.h"
#include "sign/SmallFile.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <array>

namespace layerpool {
namespace {

constexpr QLatin1String kIndexEnding{".index.json"};
constexpr QLatin1String kReadmeEnding{".README.txt"};
constexpr QLatin1String kHtmlEnding{".report.html"};
constexpr QLatin1String kCsvEnding{".report.csv"};
constexpr QLatin1String kJsonEnding{".report.json"};
constexpr QLatin1String kPdfEnding{".report.pdf"};
constexpr std::array kEndings{kIndexEnding, kReadmeEnding, kHtmlEnding, kCsvEnding, kJsonEnding};
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
    QStringList paths;
    for (const QLatin1String &ending : kEndings) {
        paths << withoutEnding(bundle) + ending;
    }
    return paths << sumsPathOf(bundle) << signaturePathOf(bundle);
}

QStringList filesOfBundle(const QString &bundle)
{
    QStringList files = volumesOf(bundle);
    for (const QString &path : QStringList{bundle} + sidecarsOf(bundle)) {
        if (QFileInfo::exists(path)) {
            files << path;
        }
    }
    return files;
}

QString indexPathOf(const QString &bundle)
{
    return withoutEnding(bundle) + kIndexEnding;
}

QString sumsPathOf(const QString &bundle)
{
    return withoutEnding(bundle) + kSumsEnding;
}

QString signaturePathOf(const QString &bundle)
{
    return sumsPathOf(bundle) + kSignatureEnding;
}

QString reportPathOf(const QString &bundle)
{
    return withoutEnding(bundle) + kHtmlEnding;
}

QString savedReportOf(const QString &bundle)
{
    return withoutEnding(bundle) + kPdfEnding;
}

Status checkNameIsFree(const QString &bundle)
{
    const QFileInfo own(bundle);
    const QString ownName = withoutEnding(own.fileName());
    const Result<QByteArray> text = readSmallFile(sumsPathOf(bundle), {}, FileSums::mostBytes);
    const Result<FileSums> sums = text ? FileSums::parse(*text) : text.error();
    if (!sums) {
        return {}; // they are nobody's
    }
    for (const FileSums::Line &line : sums->lines) { // that people make by hand may name anything
        const QString name = QFile::decodeName(line.name.startsWith("./") ? line.name.sliced(2) : line.name);
        const QString named = bundleNamedBy(name);
        const bool isOther = !name.contains(QLatin1Char('/')) && formatOf(named) &&
                             withoutEnding(named) == ownName && named != own.fileName();
        if (isOther && QFileInfo(own.dir().filePath(name)).isFile()) {
            return Error{
                ErrorKind::Conflict, Text::tr("Cannot write %1").arg(QDir::toNativeSeparators(bundle)),
                Text::tr("the sums, index and report of that name are those of %1, which is there").arg(name),
                Text::tr("Choose a name that differs before its ending, or remove %1 first").arg(name)};
        }
    }
    return {};
}

Status addSidecars(const QString &bundle, const std::vector<BundleOutput::File> &files, QByteArrayView index,
                   QByteArrayView readme, const SecretKey *signer, BundleOutput &output)
{
    const QString name = withoutEnding(QFileInfo(bundle).fileName());
    FileSums sums;
    for (const BundleOutput::File &file : files) {
        sums.lines.push_back({QFile::encodeName(file.name), file.digest});
    }
    sums.lines.push_back({QFile::encodeName(name + kIndexEnding), Digester::of(index)});
    const QByteArray text = sums.toText();
    Status added = output.addBeside(name + kIndexEnding, index);
    added = added ? output.addBeside(name + kReadmeEnding, readme) : added;
    added = added ? output.addBeside(name + kSumsEnding, text) : added;
    return added && signer != nullptr
               ? output.addBeside(name + kSumsEnding + kSignatureEnding,
                                  Signature::of(text, *signer, commentFor(name + kSumsEnding)).toFile())
               : added;
}

Status addReports(const QString &bundle, const BundleReport &report, BundleOutput &output)
{
    const QString name = withoutEnding(QFileInfo(bundle).fileName());
    Status added = output.addBeside(name + kHtmlEnding, reportHtml(report));
    added = added ? output.addBeside(name + kCsvEnding, reportCsv(report)) : added;
    return added ? output.addBeside(name + kJsonEnding, reportJson(report)) : added;
}

} // namespace layerpool
