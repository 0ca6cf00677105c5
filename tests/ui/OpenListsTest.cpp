// SPDX-License-Identifier: Apache-2.0
#include "work/OpenLists.h"

#include "UiTest.h"

#include <filesystem>

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

class OpenListsTest : public UiTest
{
protected:
    QByteArray content(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(not there)");
    }
    QStringList names() const
    {
        QStringList names;
        for (int i = 0; i < m_lists.count(); ++i) {
            names.append(m_lists.at(i)->name());
        }
        return names;
    }
    ListDocument *open(const QString &name, const QByteArray &text)
    {
        const int before = m_lists.count();
        m_lists.open({writeList(name, text)});
        EXPECT_TRUE(soon([&] { return m_lists.count() == before + 1; }));
        return m_lists.current();
    }
    ListSaving::Outcome save(ListDocument *document, const QString &name,
                             Overwriting overwriting = Overwriting::OnlyWhatIsKnown)
    {
        std::optional<ListSaving> saving;
        m_lists.save(document, path(name), overwriting, [&](const ListSaving &done) { saving = done; });
        EXPECT_TRUE(soon([&] { return saving.has_value(); }));
        m_saving = saving.value_or(ListSaving());
        return m_saving.outcome;
    }

    QThreadPool m_workers;
    OpenLists m_lists{m_workers};
    ListSaving m_saving;
};

TEST_F(OpenListsTest, OpensEachFileInItsOrderAndShowsTheFirst)
{
    m_lists.open({writeList(u"b.txt"_s, "redis:6\n"), writeList(u"a.txt"_s, "nginx:1\n")});
    ASSERT_TRUE(soon([&] { return m_lists.count() == 2; }));
    EXPECT_EQ(names(), QStringList({u"b.txt"_s, u"a.txt"_s}));
    EXPECT_EQ(m_lists.current()->name(), u"b.txt"_s);
    EXPECT_EQ(m_lists.paths(), QStringList({path(u"b.txt"_s), path(u"a.txt"_s)}));
    m_lists.step(1);
    EXPECT_EQ(m_lists.current()->name(), u"a.txt"_s);
    m_lists.step(1);
    EXPECT_EQ(m_lists.current()->name(), u"b.txt"_s);
    m_lists.step(-1);
    EXPECT_EQ(m_lists.current()->name(), u"a.txt"_s);
}

TEST_F(OpenListsTest, OpensAFoldersLists)
{
    ASSERT_TRUE(QDir().mkpath(path(u"lists"_s)));
    writeList(u"lists/b.txt"_s, "redis:6\n");
    writeList(u"lists/a.list"_s, "redis:6\n");
    writeList(u"lists/c.md"_s, "no list\n");
    m_lists.open({path(u"lists"_s)});
    EXPECT_TRUE(soon([&] { return names() == QStringList({u"a.list"_s, u"b.txt"_s}); }));
}

TEST_F(OpenListsTest, AFileThatIsOpenIsShownAndNotOpenedTwice)
{
    ListDocument *first = open(u"a.txt"_s, "redis:6\n");
    open(u"b.txt"_s, "redis:6\n");
    ASSERT_TRUE(QFile::link(path(u"a.txt"_s), path(u"link.txt"_s)));
    m_lists.open({path(u"link.txt"_s)});
    EXPECT_TRUE(soon([&] { return m_lists.current() == first; }));
    EXPECT_EQ(m_lists.count(), 2);
}

TEST_F(OpenListsTest, AFileThatHasChangedIsReadAnewUnlessEdited)
{
    ListDocument *document = open(u"a.txt"_s, "redis:6\n");
    m_lists.open({writeList(u"a.txt"_s, "nginx:1\nredis:6\n")});
    EXPECT_TRUE(soon([&] { return document->rows().size() == 2; }));
    EXPECT_FALSE(document->isModified());
    document->setText(0, u"nginx:2"_s);
    m_lists.open({writeList(u"a.txt"_s, "etcd:3\n"), writeList(u"b.txt"_s, "")});
    EXPECT_TRUE(soon([&] { return m_lists.count() == 2; }));
    EXPECT_EQ(document->text().toBytes(), "nginx:2\nredis:6\n");
}

TEST_F(OpenListsTest, WhatCannotBeReadIsSaidAndLeavesTheOthers)
{
    open(u"a.txt"_s, "redis:6\n");
    QSignalSpy failed(&m_lists, &OpenLists::failed);
    m_lists.open({path(u"none.txt"_s), writeList(u"b.txt"_s, "etcd:3\n")});
    EXPECT_TRUE(soon([&] { return failed.count() == 1 && m_lists.count() == 2; }));
    EXPECT_EQ(m_lists.current()->name(), u"b.txt"_s);
}

TEST_F(OpenListsTest, ClosingShowsTheNeighbour)
{
    m_lists.open({writeList(u"a.txt"_s, ""), writeList(u"b.txt"_s, ""), writeList(u"c.txt"_s, "")});
    ASSERT_TRUE(soon([&] { return m_lists.count() == 3; }));
    m_lists.close(m_lists.at(0));
    EXPECT_EQ(m_lists.current()->name(), u"b.txt"_s);
    m_lists.setCurrent(m_lists.at(1));
    m_lists.close(m_lists.at(1));
    EXPECT_EQ(m_lists.current()->name(), u"b.txt"_s);
    m_lists.close(m_lists.at(0));
    EXPECT_EQ(m_lists.current(), nullptr);
}

TEST_F(OpenListsTest, SavesWhatWasEditedAndNothingElse)
{
    const QByteArray text = "\xef\xbb\xbf# head\r\nredis:6 # cache\r\n\r\nnginx:1";
    ListDocument *document = open(u"a.txt"_s, text);
    EXPECT_FALSE(document->isModified());
    document->setText(1, u"redis:7 # cache"_s);
    document->insert(4, {u"etcd:3"_s});
    EXPECT_TRUE(document->isModified());
    EXPECT_EQ(save(document, u"a.txt"_s), ListSaving::Outcome::Saved);
    EXPECT_FALSE(document->isModified());
    EXPECT_EQ(content(u"a.txt"_s), "\xef\xbb\xbf# head\r\nredis:7 # cache\r\n\r\nnginx:1\r\netcd:3");
    document->undoStack().undo();
    document->undoStack().undo();
    EXPECT_TRUE(document->isModified()) << "the file has the edits";
    EXPECT_EQ(save(document, u"a.txt"_s), ListSaving::Outcome::Saved);
    EXPECT_EQ(content(u"a.txt"_s), text);
}

TEST_F(OpenListsTest, DoesNotOverwriteWhatAnotherProgramWrote)
{
    ListDocument *document = open(u"a.txt"_s, "redis:6\n");
    document->setText(0, u"redis:7"_s);
    writeList(u"a.txt"_s, "redis:8\n"); // as long as before
    EXPECT_EQ(save(document, u"a.txt"_s), ListSaving::Outcome::Occupied);
    EXPECT_EQ(content(u"a.txt"_s), "redis:8\n");
    EXPECT_TRUE(document->isModified());
    EXPECT_EQ(save(document, u"a.txt"_s, Overwriting::Whatever), ListSaving::Outcome::Saved);
    EXPECT_EQ(content(u"a.txt"_s), "redis:7\n");
}

TEST_F(OpenListsTest, SavesUnderAnotherName)
{
    ListDocument *document = open(u"a.txt"_s, "redis:6\n");
    writeList(u"b.txt"_s, "taken\n");
    EXPECT_EQ(save(document, u"b.txt"_s), ListSaving::Outcome::Occupied);
    QSignalSpy used(&m_lists, &OpenLists::fileUsed);
    EXPECT_EQ(save(document, u"c.txt"_s), ListSaving::Outcome::Saved);
    EXPECT_EQ(document->name(), u"c.txt"_s);
    EXPECT_EQ(used.count(), 1);
    EXPECT_EQ(content(u"a.txt"_s), "redis:6\n");
    EXPECT_EQ(save(document, u"none/d.txt"_s), ListSaving::Outcome::Failed);
    EXPECT_EQ(m_saving.error->what, u"Cannot save %1"_s.arg(path(u"none/d.txt"_s)));
    EXPECT_EQ(document->name(), u"c.txt"_s);
}

TEST_F(OpenListsTest, SavesOneAfterTheOther)
{
    ListDocument *document = open(u"a.txt"_s, "redis:6\n");
    std::vector<ListSaving::Outcome> outcomes;
    const auto saveIt = [&] {
        m_lists.save(document, document->path(), Overwriting::OnlyWhatIsKnown,
                     [&](const ListSaving &done) { outcomes.push_back(done.outcome); });
    };
    document->setText(0, u"redis:7"_s);
    saveIt();
    document->setText(0, u"redis:8"_s);
    saveIt();
    EXPECT_TRUE(soon([&] { return outcomes.size() == 2; }));
    EXPECT_EQ(outcomes, std::vector(2, ListSaving::Outcome::Saved)) << "nobody else has written there";
    EXPECT_EQ(content(u"a.txt"_s), "redis:8\n");
    EXPECT_FALSE(document->isModified());
}

TEST_F(OpenListsTest, WhatAnotherProgramWritesIsReadAnewUnlessThereAreChanges)
{
    ListDocument *document = open(u"a.txt"_s, "redis:6\n");
    ListDocument *changed = open(u"b.txt"_s, "nginx:1\n");
    changed->setText(0, u"nginx:2"_s);
    QSignalSpy reloaded(&m_lists, &OpenLists::reloaded);
    writeList(u"b.txt"_s, "etcd:3\n");
    writeList(u"a.txt"_s, "redis:7\n");
    EXPECT_TRUE(soon([&] { return document->text().toBytes() == "redis:7\n"; }));
    EXPECT_FALSE(document->isModified());
    std::filesystem::rename(writeList(u"new"_s, "redis:8\n").toStdString(), path(u"a.txt"_s).toStdString());
    EXPECT_TRUE(soon([&] { return document->text().toBytes() == "redis:8\n"; }));
    EXPECT_EQ(changed->text().toBytes(), "nginx:2\n");
    EXPECT_EQ(save(changed, u"b.txt"_s), ListSaving::Outcome::Occupied);
}

TEST_F(OpenListsTest, IsNotSavedOverAListThatIsOpen)
{
    open(u"a.txt"_s, "redis:6\n");
    ListDocument *other = open(u"b.txt"_s, "nginx:1\n");
    EXPECT_EQ(save(other, u"a.txt"_s, Overwriting::Whatever), ListSaving::Outcome::Failed);
    EXPECT_EQ(m_saving.error->why, u"that list is open in another tab"_s);
    EXPECT_EQ(content(u"a.txt"_s), "redis:6\n");
}

TEST_F(OpenListsTest, AListOfNoFileIsModifiedUntilItHasOne)
{
    ListDocument *document = m_lists.add(*ListText::parse("redis:6\n", {}));
    EXPECT_EQ(document->name(), u"Untitled 1"_s);
    EXPECT_TRUE(document->isModified());
    EXPECT_EQ(m_lists.modified(), std::vector{document});
    EXPECT_FALSE(m_lists.add({})->isModified()) << "nothing would be lost";
    EXPECT_EQ(save(document, u"a.txt"_s), ListSaving::Outcome::Saved);
    EXPECT_FALSE(document->isModified());
    EXPECT_EQ(document->name(), u"a.txt"_s);
}

TEST_F(OpenListsTest, ComparesEachListWithThePoolWhicheverComesFirst)
{
    ListDocument *first = open(u"a.txt"_s, "redis:6\nnginx:1\n");
    m_lists.compareWith(indexOf(makePool(u"pool"_s, {u"redis:6"_s})));
    ListDocument *second = open(u"b.txt"_s, "nginx:1\n");
    EXPECT_TRUE(soon([&] { return first->isCompared() && second->isCompared(); }));
    EXPECT_EQ(first->counts().here, 1);
    EXPECT_EQ(first->counts().missing, 1);
    EXPECT_EQ(second->counts().missing, 1);
    second->setText(0, u"redis:6"_s);
    EXPECT_TRUE(soon([&] { return second->counts().here == 1; }));
}

TEST_F(OpenListsTest, VerbsWorkOnTheLinesAsTheyAreNow)
{
    ListDocument *document = open(u"a.txt"_s, "redis:6\n");
    document->insert(1, {u"etcd:3"_s, u"redis:6"_s, u"two words"_s});
    EXPECT_EQ(document->list()->images().size(), 2U);
    EXPECT_EQ(document->list()->ofKind(ListLine::Kind::Bad).front().number, 4);
    EXPECT_EQ(document->list()->ofKind(ListLine::Kind::Repeated).size(), 1U);
}

TEST_F(OpenListsTest, LinesAreCommentedOutAndIn)
{
    ListDocument *document = open(u"a.txt"_s, "redis:6 # cache\n# head\n\netcd:3\n");
    document->toggleComments({0, 1, 2, 3});
    EXPECT_EQ(document->text().toBytes(), "# redis:6 # cache\n# head\n\n# etcd:3\n");
    EXPECT_EQ(document->counts().images, 0);
    document->toggleComments({0, 3});
    EXPECT_EQ(document->text().toBytes(), "redis:6 # cache\n# head\n\netcd:3\n");
    document->undoStack().undo();
    document->undoStack().undo();
    EXPECT_FALSE(document->isModified());
    document->toggleComments({2});
    EXPECT_FALSE(document->isModified()) << "a blank line has nothing to leave out";
}

TEST_F(OpenListsTest, LinesHereAndThereGoInOneStepAndTheOthersKeepTheirStates)
{
    ListDocument *document = open(u"a.txt"_s, "redis:6\nnginx:1\n# head\netcd:3\n");
    m_lists.compareWith(indexOf(makePool(u"pool"_s, {u"redis:6"_s, u"nginx:1"_s, u"etcd:3"_s})));
    ASSERT_TRUE(soon([&] { return document->counts().here == 3; }));
    document->remove({0, 2});
    EXPECT_EQ(document->text().toBytes(), "nginx:1\netcd:3\n");
    EXPECT_EQ(document->counts().here, 2);
    document->toggleComments({0});
    document->undoStack().undo();
    document->undoStack().undo();
    EXPECT_FALSE(document->isModified());
    EXPECT_EQ(document->text().toBytes(), "redis:6\nnginx:1\n# head\netcd:3\n");
}

} // namespace
} // namespace layerpool::test
