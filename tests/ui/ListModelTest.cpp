// SPDX-License-Identifier: Apache-2.0
#include "models/ListModel.h"

#include "UiTest.h"

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

class ListModelTest : public UiTest
{
protected:
    static std::unique_ptr<ListDocument> document(const QByteArray &text)
    {
        auto list = std::make_shared<ImagesList>();
        EXPECT_TRUE(list->addText(text, u"a.txt"_s));
        return std::make_unique<ListDocument>(QStringList{u"/lists/a.txt"_s}, std::move(list));
    }

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
    const auto list = document("calico/cni:v1\nbad:bad:bad\ncalico/cni:v1\nredis\n");
    m_model.setDocument(list.get());
    EXPECT_EQ(column(m_model, ListModel::Image),
              QStringList({u"calico/cni:v1"_s, u"bad:bad:bad"_s, u"calico/cni:v1"_s, u"redis"_s}));
    EXPECT_EQ(column(m_model, ListModel::State),
              QStringList({u"No pool"_s, u"Bad line"_s, u"Repeated"_s, u"No pool"_s}));
    EXPECT_TRUE(m_model.index(1, ListModel::Note).data().toString().startsWith(u"line 2: "_s));
    EXPECT_EQ(m_model.index(3, ListModel::Note).data().toString(), u"no tag written: latest"_s);
}

TEST_F(ListModelTest, SaysWhatThePoolHas)
{
    const auto list = document("calico/cni:v1\nredis:6\n");
    const auto pool = indexOf(makePool(u"pool"_s, {u"calico/cni:v1"_s}));
    m_model.setDocument(list.get());
    QSignalSpy changed(&m_model, &QAbstractItemModel::dataChanged);
    list->setStates(compareLines(*list->list(), pool.get()));
    EXPECT_EQ(changed.count(), 1);
    EXPECT_EQ(column(m_model, ListModel::State), QStringList({u"In pool"_s, u"Missing"_s}));
    EXPECT_EQ(column(m_model, ListModel::Parts), QStringList({u"5 of 5"_s, u""_s}));
    EXPECT_TRUE(m_model.index(0, ListModel::Size).data(DigestRole).toString().startsWith(u"sha256:"_s));
}

TEST_F(ListModelTest, AMissingBlobMakesAnImagePartly)
{
    SampleRegistry registry(path(u"pool"_s));
    const Sample sample = registry.add(u"calico/cni"_s, u"v1"_s);
    removeBlob(registry, sample.manifests.front().layers.back());
    const auto list = document("calico/cni:v1\n");
    m_model.setDocument(list.get());
    list->setStates(compareLines(*list->list(), indexOf(registry.path()).get()));
    EXPECT_EQ(column(m_model, ListModel::State), QStringList({u"Partly"_s}));
    EXPECT_EQ(column(m_model, ListModel::Parts), QStringList({u"4 of 5"_s}));
    EXPECT_EQ(list->counts().partly, 1);
}

TEST_F(ListModelTest, APatternSaysHowManyTagsThePoolHas)
{
    const auto list = document("redis:6.*\nredis:7.*\n");
    m_model.setDocument(list.get());
    EXPECT_EQ(m_model.index(0, ListModel::Note).data().toString(), u"tag pattern"_s);
    const auto pool = indexOf(makePool(u"pool"_s, {u"redis:6.0"_s, u"redis:6.2"_s, u"redis:5.0"_s}));
    list->setStates(compareLines(*list->list(), pool.get()));
    EXPECT_EQ(column(m_model, ListModel::State), QStringList({u"2 tag(s)"_s, u"Missing"_s}));
    EXPECT_EQ(list->counts().here, 1);
}

TEST_F(ListModelTest, NumbersStandRightAndSortAsNumbers)
{
    const auto list = document("calico/cni:v1\n");
    m_model.setDocument(list.get());
    const QModelIndex size = m_model.index(0, ListModel::Size);
    EXPECT_TRUE(size.data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight);
    EXPECT_EQ(size.data(SortRole).typeId(), QMetaType::LongLong);
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
