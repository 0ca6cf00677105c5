// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/task/TaskTest.h"
#include "support/RawTar.h"
#include "support/SampleImages.h"
#include "task/ImportPlan.h"

#include <QDirIterator>
#include <QTemporaryDir>

#include <map>

namespace layerpool::test {

/// A registry's storage to make bundles of, and a pool to import them into.
class ImportTest : public testing::Test
{
protected:
    using Tree = std::map<QString, QByteArray>;

    /// Every file below a folder, and every folder with a `/`.
    static Tree treeOf(const QString &folder)
    {
        Tree tree;
        QDirIterator all(folder, QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
                         QDirIterator::Subdirectories);
        while (all.hasNext()) {
            QFile file(all.next());
            const QString name = QDir(folder).relativeFilePath(file.fileName());
            const bool isFolder = all.fileInfo().isDir();
            tree[isFolder ? name + QLatin1Char('/') : name] =
                !isFolder && file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        }
        return tree;
    }

    QString path(const QString &name) const { return m_out.filePath(name); }
    QString pool() const { return path(QStringLiteral("pool")); }
    Tree images() const { return treeOf(pool() + QStringLiteral("/docker")); }

    std::vector<RawEntry> entries() const { return entriesOf(m_source.path()); }
    QString write(const QByteArray &tar, const QString &name = QStringLiteral("bundle.tar")) const
    {
        QFile file(path(name));
        EXPECT_TRUE(file.open(QIODevice::WriteOnly) && file.write(tar) == tar.size());
        return file.fileName();
    }
    QString bundle() const { return write(rawTar(entries())); }

    Result<ImportPlan> plan(const QString &source, MovedTags movedTags = MovedTags::Move)
    {
        return planImport({pool(), source, movedTags}, m_recorder.context());
    }
    /// Where the plan fails, it stopped with that.
    TaskResult import(const QString &source, MovedTags movedTags = MovedTags::Move)
    {
        Result<ImportPlan> planned = plan(source, movedTags);
        if (!planned) {
            TaskResult result;
            result.stopped = planned.error();
            return result;
        }
        return ImportTask(*std::move(planned)).run(m_recorder.context());
    }
    /// All of it goes in.
    TaskResult imported(const QString &source)
    {
        TaskResult result = import(source);
        EXPECT_TRUE(result.isClean())
            << (result.stopped ? result.stopped->sentence().toStdString() : std::string("failures"));
        return result;
    }
    QByteArray tagOf(const QString &repository, const QString &tag) const
    {
        QFile link(pool() +
                   QStringLiteral("/docker/registry/v2/repositories/%1/_manifests/tags/%2/current/link")
                       .arg(repository, tag));
        return link.open(QIODevice::ReadOnly) ? link.readAll() : QByteArray();
    }

    QTemporaryDir m_source;
    QTemporaryDir m_out;
    SampleRegistry m_samples{m_source.path()};
    Recorder m_recorder;
};

} // namespace layerpool::test
