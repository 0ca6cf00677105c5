// SPDX-License-Identifier: Apache-2.0
#include "bundle/BundleSidecars.h"

#include "base/Digester.h"
#include "base/DurableDirectory.h"
#include "base/Text.h"

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

Status writeOne(const DurableDirectory &folder, const QByteArray &name, QByteArrayView bytes, bool replaces)
{
    const QByteArray temporary = '.' + name + ".part";
    (void)folder.remove(temporary); // of a run that was cut short
    if (Status written = folder.writeFile(temporary, bytes); !written) {
        return written;
    }
    if (Status synced = folder.sync(); !synced) {
        return synced;
    }
    if (replaces) {
        return folder.replace(temporary, name);
    }
    const auto published = folder.publish(temporary, name);
    if (published && *published == DurableDirectory::Published::Now) {
        return {};
    }
    (void)folder.remove(temporary);
    return published ? Error{ErrorKind::Conflict, Text::tr("%1 exists").arg(folder.pathOf(name)), {}, {}}
                     : published.error();
}

} // namespace

QStringList BundleSidecars::pathsOf(const QString &bundle)
{
    return {bundle + kIndexEnding, bundle + kSumsEnding};
}

Status BundleSidecars::write(const QString &bundle, bool replaces) const
{
    const QFileInfo file(bundle);
    const Result<DurableDirectory> folder = DurableDirectory::create(file.absolutePath());
    if (!folder) {
        return folder.error();
    }
    const QByteArray name = QFile::encodeName(file.fileName());
    const QByteArray indexName = name + kIndexEnding.data();
    if (Status written = writeOne(*folder, indexName, index, replaces); !written) {
        return written;
    }
    return writeOne(*folder, name + kSumsEnding.data(),
                    sumLine(digest, name) + sumLine(Digester::of(index), indexName), replaces);
}

} // namespace layerpool
