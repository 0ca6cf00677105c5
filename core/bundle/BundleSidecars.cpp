// SPDX-License-Identifier: Apache-2.0
#include "bundle/BundleSidecars.h"

#include "base/Digester.h"

#include <QFile>
#include <QFileInfo>

namespace layerpool {
namespace {

constexpr QLatin1String kIndexEnding{".index.json"};
constexpr QLatin1String kSumsEnding{".sha256"};

// As sha256sum itself writes a name with a backslash or a line break in it.
QByteArray sumLine(const Digest &digest, const QByteArray &name)
{
    QByteArray escaped = name;
    escaped.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r");
    return (escaped == name ? "" : "\\") + digest.hex() + "  " + escaped + '\n';
}

} // namespace

QStringList sidecarsOf(const QString &bundle)
{
    return {bundle + kIndexEnding, bundle + kSumsEnding};
}

Status addSidecars(const QString &bundle, const std::vector<BundleOutput::File> &files, QByteArrayView index,
                   BundleOutput &output)
{
    const QString name = QFileInfo(bundle).fileName();
    QByteArray sums;
    for (const BundleOutput::File &file : files) {
        sums += sumLine(file.digest, QFile::encodeName(file.name));
    }
    sums += sumLine(Digester::of(index), QFile::encodeName(name + kIndexEnding));
    const Status added = output.addBeside(name + kIndexEnding, index);
    return added ? output.addBeside(name + kSumsEnding, sums) : added;
}

} // namespace layerpool
