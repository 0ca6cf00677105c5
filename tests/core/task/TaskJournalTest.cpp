// SPDX-License-Identifier: Apache-2.0
#include "task/TaskJournal.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <optional>

namespace layerpool::test {
namespace {

class TaskJournalTest : public testing::Test
{
protected:
    TaskJournal open() const
    {
        Result<TaskJournal> journal = TaskJournal::open(m_folder);
        EXPECT_TRUE(journal);
        return *std::move(journal);
    }
    QStringList files() const { return QDir(m_folder).entryList(QDir::Files); }

    QTemporaryDir m_place;
    QString m_folder = m_place.filePath(QStringLiteral("state/tasks"));
};

TEST_F(TaskJournalTest, WhatASessionLeavesTheNextOneFinds)
{
    {
        TaskJournal first = open();
        EXPECT_TRUE(first.write("old"));
        EXPECT_TRUE(first.write("one"));
    }
    {
        TaskJournal second = open();
        EXPECT_EQ(second.findLeft(), QByteArrayList{"one"});
    } // it did not answer
    TaskJournal third = open();
    EXPECT_EQ(third.findLeft(), QByteArrayList{"one"});
    third.forgetLeft();
    EXPECT_EQ(third.findLeft(), QByteArrayList());
}

TEST_F(TaskJournalTest, OfASessionThatLivesNothingIsFound)
{
    TaskJournal living = open();
    EXPECT_TRUE(living.write("mine"));
    TaskJournal other = open();
    EXPECT_EQ(other.findLeft(), QByteArrayList());
}

TEST_F(TaskJournalTest, WhatOneHasFoundNoOtherFinds)
{
    {
        TaskJournal first = open();
        EXPECT_TRUE(first.write("one"));
    }
    TaskJournal second = open();
    TaskJournal third = open();
    EXPECT_EQ(second.findLeft(), QByteArrayList{"one"});
    EXPECT_EQ(third.findLeft(), QByteArrayList());
}

TEST_F(TaskJournalTest, WhereNothingIsUnfinishedNothingIsLeft)
{
    {
        TaskJournal journal = open();
        EXPECT_TRUE(journal.write("one"));
        EXPECT_TRUE(journal.write({}));
    }
    EXPECT_EQ(files(), QStringList());
}

TEST_F(TaskJournalTest, ItIsTheUsersAlone)
{
    TaskJournal journal = open();
    EXPECT_TRUE(journal.write("one"));
    const QFile::Permissions others =
        QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    EXPECT_FALSE(QFileInfo(m_folder).permissions() & others);
    for (const QString &file : files()) {
        if (file.endsWith(QStringLiteral(".json"))) {
            EXPECT_FALSE(QFileInfo(m_folder + QLatin1Char('/') + file).permissions() & others);
        }
    }
}

TEST_F(TaskJournalTest, AFolderThatCannotBeMadeIsAnError)
{
    EXPECT_FALSE(TaskJournal::open(QStringLiteral("/proc/none/tasks")));
}

} // namespace
} // namespace layerpool::test
