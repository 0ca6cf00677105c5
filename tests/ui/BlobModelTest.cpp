// SPDX-License-Identifier: Apache-2.0
#include "models/BlobModel.h"

#include "UiTest.h"

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

class BlobModelTest : public UiTest
{
protected:
    void SetUp() override
    {
        SampleRegistry pool(path(u"pool"_s));
        const ImageSpec onOneBase{.layers = 2, .layerSizes = {50'000, 1'000}, .sharedLayers = 1, .base = 0};
        m_sample = pool.add(u"a"_s, u"v1"_s, onOneBase);
        pool.add(u"b"_s, u"v1"_s, onOneBase);
        m_model.setRows(BlobRows::of(indexOf(pool.path()), {{}, PoolKey::Size, Qt::DescendingOrder}));
    }

    Sample m_sample;
    BlobModel m_model;
    QAbstractItemModelTester m_tester{&m_model, QAbstractItemModelTester::FailureReportingMode::Fatal};
};

TEST_F(BlobModelTest, ShowsTheLargestBlobAndWhoSharesIt)
{
    const QModelIndex base = m_model.index(0, 0);
    EXPECT_EQ(base.data().toString(), m_sample.amd64().layers[0].shortHex());
    EXPECT_EQ(base.data(DigestRole).toString(), m_sample.amd64().layers[0].toString());
    EXPECT_EQ(base.siblingAtColumn(BlobModel::Kind).data().toString(), u"Layer"_s);
    EXPECT_EQ(base.siblingAtColumn(BlobModel::Images).data().toString(), u"2"_s);
    EXPECT_EQ(column(m_model, BlobModel::Name, base), QStringList({u"a:v1"_s, u"b:v1"_s}));
    EXPECT_EQ(m_model.index(1, 0, base).data(ReferenceRole).toString(), u"b:v1"_s);
}

TEST_F(BlobModelTest, TellsWhatARowIs)
{
    const QModelIndex base = m_model.indexOf(m_sample.amd64().layers[0].toString());
    EXPECT_EQ(m_model.itemOf(base), (PoolItem{PoolItem::Kind::Layer, {}, m_sample.amd64().layers[0]}));
    EXPECT_EQ(m_model.itemOf(m_model.index(0, 0, base)),
              (PoolItem{PoolItem::Kind::Image, u"a:v1"_s, m_sample.root}));
    EXPECT_EQ(m_model.itemOf(m_model.indexOf(m_sample.amd64().config.toString())).kind,
              PoolItem::Kind::Config);
    EXPECT_EQ(m_model.itemOf(m_model.indexOf(m_sample.root.toString())).kind, PoolItem::Kind::Platform);
    EXPECT_FALSE(m_model.indexOf(QString()).isValid());
}

TEST_F(BlobModelTest, FindsEachRowByItsPath)
{
    const QModelIndex base = m_model.index(0, 0);
    for (const QModelIndex &row : {base, m_model.index(0, 0, base), m_model.index(1, 0, base)}) {
        EXPECT_EQ(m_model.indexOf(m_model.pathOf(row)), row) << m_model.pathOf(row).toStdString();
    }
    EXPECT_FALSE(m_model.indexOf(m_model.pathOf(base) + u"/c:v1"_s).isValid()) << "no such image";
    EXPECT_FALSE(m_model.indexOf(m_sample.root.toString() + u"/b:v1"_s).isValid()) << "it needs another";
}

TEST_F(BlobModelTest, EveryColumnSorts)
{
    const auto sortedBy = [&](int by, int shown) {
        m_model.setRows(BlobRows::of(m_model.rows().index, {{}, BlobModel::keyOf(by), Qt::AscendingOrder}));
        return column(m_model, shown);
    };
    QStringList digests = sortedBy(BlobModel::Name, BlobModel::Name);
    EXPECT_TRUE(std::is_sorted(digests.begin(), digests.end()));
    const QStringList kinds = sortedBy(BlobModel::Kind, BlobModel::Kind);
    EXPECT_EQ(kinds, QStringList({u"Manifest"_s, u"Manifest"_s, u"Config"_s, u"Config"_s, u"Layer"_s,
                                  u"Layer"_s, u"Layer"_s}));
    EXPECT_EQ(sortedBy(BlobModel::Images, BlobModel::Images).last(), u"2"_s);
    EXPECT_EQ(sortedBy(BlobModel::Size, BlobModel::Name).last(), m_sample.amd64().layers[0].shortHex());
}

TEST_F(BlobModelTest, HasNoRowsWithoutAPool)
{
    m_model.setRows({});
    EXPECT_EQ(m_model.rowCount(), 0);
}

} // namespace
} // namespace layerpool::test
