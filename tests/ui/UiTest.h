// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dialogs/Dialogs.h"
#include "support/SampleImages.h"
#include "pool/PoolIndex.h"

#include <gtest/gtest.h>

#include <QAbstractItemModel>
#include <QAbstractItemModelTester>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <functional>

namespace layerpool::test {

inline constexpr int patienceMilliseconds = 10'000;

/// Waits, with the event loop running, until it is true.
inline bool soon(const std::function<bool()> &isTrue)
{
    return QTest::qWaitFor(isTrue, patienceMilliseconds);
}

/// A folder for a test with the few things the window is shown: a pool, and lists.
class UiTest : public testing::Test
{
protected:
    QString path(const QString &name) const { return m_folder.filePath(name); }

    QString writeList(const QString &name, const QByteArray &text) const
    {
        QFile file(path(name));
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(text);
        return file.fileName();
    }

    /// A pool with an image for each line; all are OCI manifests of one platform.
    QString makePool(const QString &name, const QStringList &references) const
    {
        SampleRegistry pool(path(name));
        for (const QString &reference : references) {
            const QStringList parts = reference.split(QLatin1Char(':'));
            pool.add(parts.at(0), parts.at(1));
        }
        return pool.path();
    }

    static void removeBlob(const SampleRegistry &pool, const Digest &digest)
    {
        EXPECT_TRUE(QFileInfo(pool.blobPath(digest)).dir().removeRecursively());
    }

    static std::shared_ptr<const PoolIndex> indexOf(const QString &pool)
    {
        const Result<Pool> opened = Pool::open(pool);
        EXPECT_TRUE(opened) << opened.error().sentence().toStdString();
        const auto read = PoolIndex::read(*opened);
        EXPECT_TRUE(read) << read.error().sentence().toStdString();
        return read ? *read : nullptr;
    }

private:
    QTemporaryDir m_folder;
};

/// Answers every question at once, and remembers what was asked.
class AnsweringDialogs final : public Dialogs
{
public:
    QStringList files;                    ///< for openFiles
    QString folder;                       ///< for openFolder
    QString newFile;                      ///< for saveFile
    QString proposed;                     ///< where openFiles and saveFile would have started
    bool saysYes = true;                  ///< for ask
    Unsaved fate = Unsaved::Keep;         ///< for askToSave
    int chosen = 0;                       ///< for choose; -1 changes its mind
    QStringList questions;                ///< texts that were asked
    QStringList opened;                   ///< paths, in other programs
    std::function<void()> meanwhile = {}; ///< done while a question is open
    QList<Default> defaults;              ///< of ask and askToSave: what Enter would have meant

    void openFiles(QWidget *, const FileRequest &request, Files then) override
    {
        proposed = request.start;
        if (!files.isEmpty()) {
            then(files);
        }
    }
    void openFolder(QWidget *, const FileRequest &, Path then) override { answer(folder, then); }
    void saveFile(QWidget *, const FileRequest &request, Path then, No otherwise) override
    {
        proposed = request.start;
        newFile.isEmpty() && otherwise ? otherwise() : answer(newFile, then);
    }
    void ask(QWidget *, const Question &question, Yes then, No otherwise) override
    {
        remember(question);
        if (saysYes) {
            then();
        } else if (otherwise) {
            otherwise();
        }
    }
    void choose(QWidget *, const Choice &choice, Chosen then) override
    {
        questions.append(choice.text);
        if (chosen >= 0) {
            then(chosen);
        }
    }

    void renew(QWidget *, const Question &) override {} // what is asked here is answered at once
    void withdraw(QWidget *, const QString &) override {}
    void openOutside(QWidget *, const QString &path) override { opened.append(path); }

    void askToSave(QWidget *, const Question &question, Fate then) override
    {
        remember(question);
        then(fate);
    }

private:
    void remember(const Question &question)
    {
        questions.append(question.text);
        defaults.append(question.chosen);
        if (const auto action = std::exchange(meanwhile, {})) {
            action();
        }
    }
    static void answer(const QString &path, const Path &then)
    {
        if (!path.isEmpty()) {
            then(path);
        }
    }
};

/// The texts of a column's top rows.
inline QStringList column(const QAbstractItemModel &model, int column, const QModelIndex &parent = {})
{
    QStringList texts;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        texts.append(model.index(row, column, parent).data().toString());
    }
    return texts;
}

} // namespace layerpool::test
