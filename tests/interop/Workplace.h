// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/Run.h"

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <map>
#include <vector>

namespace layerpool::test {

/// A folder of a test's own, and the command line run beside it.
class Workplace
{
public:
    enum class Medium {
        Disk,   ///< where temporary files lie
        Memory, ///< for ten thousand small files that need not last; on disk where there is no room for them
    };

    explicit Workplace(Medium medium = Medium::Disk);
    /// An absolute path in the folder.
    QString path(const QString &name) const { return m_directory.filePath(name); }
    /// Writes a file and says where it lies.
    QString write(const QString &name, const QByteArray &bytes) const;
    Cli &cli() { return m_cli; }
    Outcome run(const QStringList &arguments, const RunOptions &options = {}) const
    {
        return m_cli.run(arguments, options);
    }

private:
    QTemporaryDir m_directory;
    Cli m_cli;
};

QByteArray bytesOf(const QString &file);

/// Every file below a folder by its path from there, and every folder by its path and a `/`.
using Tree = std::map<QString, QByteArray>;
Tree treeOf(const QString &directory);

/// Manifests by `NAME:TAG`.
using Manifests = std::map<QString, QByteArray>;

/// Where they differ it names the first few entries and what is wrong with each.
testing::AssertionResult isSame(const std::map<QString, QByteArray> &found,
                                const std::map<QString, QByteArray> &expected);

/// The text of the tag's link, read from the layout by itself: no line of core/pool.
QByteArray tagLink(const QString &pool, const QString &repository, const QString &tag);
/// The bytes of what the tag names.
QByteArray tagManifest(const QString &pool, const QString &repository, const QString &tag);
/// The folder that a registry takes for its root.
QString registryRoot(const QString &pool);

/// Starts a program once for each list of arguments, as many at a time as there are cores.
std::vector<Outcome> runEach(const QString &program, const std::vector<QStringList> &argumentLists,
                             const RunOptions &options = {});

/// How skopeo is run: without its cache of blobs' places, which is a database of the user's that each run
/// syncs a dozen times.
RunOptions forSkopeo();

/// What `skopeo copy` fetches of each `NAME:TAG` from a registry into folders below `scratch`: the bytes of
/// its manifest, or of its whole index with all children. A copy that fails fails the test.
Manifests copiedBySkopeo(const QString &host, const QStringList &references, const QString &scratch,
                         bool isWholeIndex);
/// What `skopeo inspect --raw` says of each.
Manifests rawBySkopeo(const QString &host, const QStringList &references);

/// Whether the stock registry's garbage collection would leave everything there.
testing::AssertionResult hasNoGarbage(const QString &pool);
/// Whether the program's own verify finds nothing.
testing::AssertionResult isVerified(const Workplace &place, const QString &pool);

} // namespace layerpool::test
