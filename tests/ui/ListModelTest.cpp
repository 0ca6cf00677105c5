// SPDX-License-Identifier: Apache-2.0
#include "models/ListModel.h"

#include "UiTest.h"

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

class ListModelTest : public UiTest
{
protected:
    std::unique_ptr<ListDocument> document(const QByteArray &text)
    {
        const auto parsed = ListText::parse(text, u"a.txt"_s);
        EXPECT_TRUE(parsed);
        return std::make_unique<ListDocument>(ListFile{u"/lists/a.txt"_s, u"/lists/a.txt"_s, *parsed},
                                              readList(*parsed, u"/lists/a.txt"_s, nullptr, {}), QString(),
                                              m_workers);
    }
    static void compare(ListDocument &list, std::shared_ptr<const PoolIndex> pool)
    {
        list.compareWith(std::move(pool));
        EXPECT_TRUE(soon([&] { return list.isCompared(); }));
    }
    QStringList images() const { return column(m_model, ListModel::Image); }
    /// What a screen reader has of the states.
    QStringList spoken() const
    {
        QStringList texts;
        for (int row = 0; row < m_model.rowCount(); ++row) {
            texts << m_model.index(row, ListModel::State).data(Qt::AccessibleTextRole).toString();
        }
        return texts;
    }
    QStringList states() const { return column(m_model, ListModel::State); }

    QThreadPool m_workers;
    ListModel m_model;
    QAbstractItemModelTester m_tester{&m_model, QAbstractItemModelTester::FailureReportingMode::Fatal};
};

TEST_F(ListModelTest, IsEmptyWithoutAList)
{
    EXPECT_EQ(m_model.rowCount(), 0);
    m_model.setDocument(nullptr);
    EXPECT_EQ(m_model.rowCount(), 0);
}

TEST_F(ListModelTest, ShowsEveryLineWithItsState)
{
    const auto list = document("# head\ncalico/cni:v1 # why\n\nbad:bad:bad\ncalico/cni:v1\nredis\n");
    m_model.setDocument(list.get());
    EXPECT_EQ(images(), QStringList({u"# head"_s, u"calico/cni:v1"_s, u""_s, u"bad:bad:bad"_s,
                                     u"calico/cni:v1"_s, u"redis"_s}));
    EXPECT_EQ(states(),
              QStringList({u""_s, u"No pool"_s, u""_s, u"Bad line"_s, u"Repeated"_s, u"No pool"_s}));
    const QStringList notes = column(m_model, ListModel::Note);
    EXPECT_EQ(notes[0], QString());
    EXPECT_EQ(notes[1], u"why"_s);
    EXPECT_FALSE(notes[3].isEmpty());
    EXPECT_EQ(notes[4], u"repeats line 2"_s);
    EXPECT_EQ(notes[5], u"no tag written: latest"_s);
    EXPECT_EQ(m_model.headerData(3, Qt::Vertical, Qt::DisplayRole), 4);
    EXPECT_EQ(m_model.index(0, ListModel::State).data(Qt::AccessibleTextRole), u"Comment"_s);
    EXPECT_EQ(m_model.index(1, ListModel::Image).data(Qt::EditRole), u"calico/cni:v1 # why"_s);
    EXPECT_EQ(m_model.index(1, ListModel::Image).data(ReferenceRole), u"calico/cni:v1"_s);
}

TEST_F(ListModelTest, SaysWhatThePoolHas)
{
    const auto list = document("calico/cni:v1\nredis:6\n");
    const auto pool = indexOf(makePool(u"pool"_s, {u"calico/cni:v1"_s}));
    m_model.setDocument(list.get());
    QSignalSpy changed(&m_model, &QAbstractItemModel::dataChanged);
    compare(*list, pool);
    EXPECT_EQ(changed.count(), 1);
    EXPECT_EQ(states(), QStringList({u"In pool"_s, u"Missing"_s}));
    EXPECT_EQ(spoken(), QStringList({u"In pool"_s, u"Missing"_s}));
    EXPECT_EQ(column(m_model, ListModel::Parts), QStringList({u"5 of 5"_s, u""_s}));
    EXPECT_TRUE(m_model.index(0, ListModel::Size).data(DigestRole).toString().startsWith(u"sha256:"_s));
}

TEST_F(ListModelTest, ALineThatIsBeingComparedIsNotSaidToHaveNoPool)
{
    const auto list = document("calico/cni:v1\n");
    m_model.setDocument(list.get());
    EXPECT_EQ(spoken(), QStringList{u"No pool"_s});
    list->compareWith(indexOf(makePool(u"pool"_s, {u"calico/cni:v1"_s})));
    EXPECT_EQ(states(), QStringList{u"…"_s});
    EXPECT_EQ(spoken(), QStringList{u"Being compared"_s});
    EXPECT_TRUE(soon([&] { return spoken() == QStringList{u"In pool"_s}; }));
}

TEST_F(ListModelTest, OfficialImagesAreMarked)
{
    const auto list = document("redis:6\ncalico/cni:v1\nquay.io/redis:6\nredis:bad:6\n");
    m_model.setDocument(list.get());
    const auto isMarked = [&](int row) {
        return !m_model.index(row, ListModel::Image).data(Qt::DecorationRole).isNull();
    };
    EXPECT_TRUE(isMarked(0));
    EXPECT_FALSE(isMarked(1) || isMarked(2) || isMarked(3));
    const QModelIndex redis = m_model.index(0, ListModel::Image);
    EXPECT_EQ(redis.data(Qt::AccessibleDescriptionRole), u"official image"_s);
    EXPECT_TRUE(redis.data(Qt::ToolTipRole).toString().contains(u"official image"_s));
}

TEST_F(ListModelTest, AMissingBlobMakesAnImagePartly)
{
    SampleRegistry registry(path(u"pool"_s));
    const Sample sample = registry.add(u"calico/cni"_s, u"v1"_s);
    removeBlob(registry, sample.manifests.front().layers.back());
    const auto list = document("calico/cni:v1\n");
    m_model.setDocument(list.get());
    compare(*list, indexOf(registry.path()));
    EXPECT_EQ(states(), QStringList({u"Partly"_s}));
    EXPECT_EQ(column(m_model, ListModel::Parts), QStringList({u"4 of 5"_s}));
    EXPECT_EQ(list->counts().partly, 1);
}

TEST_F(ListModelTest, APatternSaysHowManyTagsThePoolHas)
{
    const auto list = document("redis:6.*\nredis:7.*\n");
    m_model.setDocument(list.get());
    EXPECT_EQ(m_model.index(0, ListModel::Note).data().toString(), u"tag pattern"_s);
    compare(*list, indexOf(makePool(u"pool"_s, {u"redis:6.0"_s, u"redis:6.2"_s, u"redis:5.0"_s})));
    EXPECT_EQ(states(), QStringList({u"2 tag(s)"_s, u"Missing"_s}));
    EXPECT_EQ(list->counts().here, 1);
}

TEST_F(ListModelTest, SaysWhatTheSourceSays)
{
    const auto list = document("calico/cni:v1\nredis:6\nnginx:1\n");
    const auto pool = indexOf(makePool(u"pool"_s, {u"calico/cni:v1"_s, u"nginx:1"_s}));
    m_model.setDocument(list.get());
    compare(*list, pool);
    const Digest now = *Digest::parse(QStringView(u"sha256:"_s + QString(64, u'a')));
    using Kind = SourceFinding::Kind;
    SourceFinding moved{Kind::Moved, u"quay.io"_s, now};
    moved.than = list->rows().front().state.digest;
    list->setFindings(
        {{u"calico/cni:v1"_s, std::make_shared<SourceFinding>(moved)},
         {u"redis:6"_s, std::make_shared<SourceFinding>(SourceFinding{Kind::Absent, u"docker.io"_s})}});
    EXPECT_TRUE(soon([&] { return list->counts().moved == 1; }));
    EXPECT_EQ(states(), QStringList({u"Moved"_s, u"Not found"_s, u"In pool"_s}));
    EXPECT_EQ(column(m_model, ListModel::Note),
              QStringList({u"now aaaaaaaaaaaa at quay.io"_s, u"not at docker.io · official image"_s,
                           u"official image"_s}));
    EXPECT_EQ(list->counts().absent, 1);
    EXPECT_EQ(list->counts().missing, 1);

    list->setText(0, u"calico/cni:v2"_s); // another image
    EXPECT_TRUE(soon([&] { return list->counts().moved == 0 && list->counts().missing == 2; }));
    EXPECT_EQ(list->counts().absent, 1);
}

TEST_F(ListModelTest, WhatTheSourceSaidCountsUntilThePoolHasAnotherImage)
{
    const auto list = document("calico/cni:v1\nredis:6\n");
    m_model.setDocument(list.get());
    compare(*list, indexOf(makePool(u"pool"_s, {u"calico/cni:v1"_s})));
    using Kind = SourceFinding::Kind;
    SourceFinding moved{Kind::Moved, u"quay.io"_s};
    moved.than = list->rows().front().state.digest;
    list->setFindings(
        {{u"calico/cni:v1"_s, std::make_shared<SourceFinding>(moved)},
         {u"redis:6"_s, std::make_shared<SourceFinding>(SourceFinding{Kind::Absent, u"docker.io"_s})}});
    EXPECT_TRUE(soon([&] { return states() == QStringList({u"Moved"_s, u"Not found"_s}); }));
    list->compareWith(indexOf(makePool(u"more"_s, {u"calico/cni:v1"_s, u"redis:6"_s})));
    EXPECT_TRUE(soon([&] {
        return states() == QStringList({u"Moved"_s, u"In pool"_s});
    })) << "the one was fetched meanwhile, the other is as it was";
}

TEST_F(ListModelTest, FollowsEachEdit)
{
    const auto list = document("a:1\nb:1\nc:1\n");
    m_model.setDocument(list.get());
    list->insert(1, {u"x:1"_s, u"y:1"_s});
    EXPECT_EQ(images(), QStringList({u"a:1"_s, u"x:1"_s, u"y:1"_s, u"b:1"_s, u"c:1"_s}));
    list->remove({0, 2, 4});
    EXPECT_EQ(images(), QStringList({u"x:1"_s, u"b:1"_s}));
    EXPECT_TRUE(m_model.setData(m_model.index(1, ListModel::Image), u"x:1"_s, Qt::EditRole));
    EXPECT_TRUE(soon([&] { return states() == QStringList({u"No pool"_s, u"Repeated"_s}); }));
    list->insert(2, {u"z:1"_s});
    while (list->undoStack().canUndo()) {
        list->undoStack().undo();
    }
    EXPECT_EQ(images(), QStringList({u"a:1"_s, u"b:1"_s, u"c:1"_s}));
    EXPECT_FALSE(list->isModified());
}

TEST_F(ListModelTest, FollowsEditsWhereOnlySomeLinesAreShown)
{
    const auto list = document("a:1\nb:1\nc:1\nd:1\ne:1\n");
    m_model.setDocument(list.get());
    m_model.show({4, 2, 0});
    EXPECT_EQ(images(), QStringList({u"e:1"_s, u"c:1"_s, u"a:1"_s}));
    list->insert(3, {u"x:1"_s}); // behind c
    EXPECT_EQ(images(), QStringList({u"e:1"_s, u"c:1"_s, u"x:1"_s, u"a:1"_s}));
    list->remove({1, 2}); // b, which is not shown, and c
    EXPECT_EQ(images(), QStringList({u"e:1"_s, u"x:1"_s, u"a:1"_s}));
    EXPECT_EQ(m_model.headerData(1, Qt::Vertical, Qt::DisplayRole), 2);
    EXPECT_EQ(m_model.rowOf(1), 1);
    EXPECT_EQ(m_model.rowOf(2), -1);
    list->undoStack().undo();
    m_model.showAll();
    EXPECT_EQ(images(), QStringList({u"a:1"_s, u"b:1"_s, u"c:1"_s, u"x:1"_s, u"d:1"_s, u"e:1"_s}));
}

TEST_F(ListModelTest, OnlyTheImageIsEdited)
{
    const auto list = document("calico/cni:v1\n");
    m_model.setDocument(list.get());
    EXPECT_TRUE(m_model.index(0, ListModel::Image).flags() & Qt::ItemIsEditable);
    EXPECT_FALSE(m_model.index(0, ListModel::State).flags() & Qt::ItemIsEditable);
    EXPECT_FALSE(m_model.setData(m_model.index(0, ListModel::Note), u"x"_s, Qt::EditRole));
    EXPECT_TRUE(m_model.index(0, ListModel::Size).data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight);
}

TEST_F(ListModelTest, LetsGoOfAListThatIsGone)
{
    auto list = document("calico/cni:v1\n");
    m_model.setDocument(list.get());
    m_model.setDocument(nullptr);
    list.reset();
    EXPECT_EQ(m_model.rowCount(), 0);
}

} // namespace
} // namespace layerpool::test
