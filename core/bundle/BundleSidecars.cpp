// SPDX-License-Identifier: Apache-2.0
#include "bundle/BundleSidecars.h"

#include "base/Digester.h"
#include "bundle/WholeFile.h"

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

QStringList BundleSidecars::pathsOf(const QString &bundle)
{
    return {bundle + kIndexEnding, bundle + kSumsEnding};
}

Status BundleSidecars::write(const QString &bundle, bool replaces) const
{
    const QStringList paths = pathsOf(bundle);
    const auto nameOf = [](const QString &path) { return QFile::encodeName(QFileInfo(path).fileName()); };
    if (Status written = writeWhole(paths.front(), index, replaces); !written) {
        return written;
    }
    return writeWhole(paths.back(),
                      sumLine(digest, nameOf(bundle)) + sumLine(Digester::of(index), nameOf(paths.front())),
                      replaces);
}

} // namespace layerpool
