// SPDX-License-Identifier: Apache-2.0
#include "models/SpaceModel.h"

#include "UiTest.h"
#include "work/Squarify.h"

#include <numeric>

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

double areaOf(const QRectF &rect)
{
    return rect.width() * rect.height();
}

TEST(SquarifyTest, AreasAreTheWeightsAndNothingOverlaps)
{
    const QRectF area(10, 20, 600, 400);
    const std::vector<double> weights{6, 6, 4, 3, 2, 2, 1};
    const std::vector<QRectF> tiles = squarify(area, weights);
    ASSERT_EQ(tiles.size(), weights.size());
    for (std::size_t i = 0; i < tiles.size(); ++i) {
        EXPECT_NEAR(areaOf(tiles[i]), weights[i] / 24 * areaOf(area), 1e-6);
        EXPECT_TRUE(area.adjusted(-1e-6, -1e-6, 1e-6, 1e-6).contains(tiles[i]));
        for (std::size_t other = 0; other < i; ++other) {
            EXPECT_LT(areaOf(tiles[i].intersected(tiles[other])), 1e-6) << i << " and " << other;
        }
    }
}

TEST(SquarifyTest, TilesAreNearlySquare)
{
    for (const QRectF &tile : squarify({0, 0, 600, 400}, {6, 6, 4, 3, 2, 2, 1})) {
        const double ratio = std::max(tile.width() / tile.height(), tile.height() / tile.width());
        EXPECT_LT(ratio, 3) << "those of the paper's own example";
    }
}

TEST(SquarifyTest, NothingToCutIsNoTile)
{
    EXPECT_TRUE(squarify({0, 0, 10, 10}, {}).empty());
    EXPECT_EQ(squarify({0, 0, 10, 10}, {5}).front(), QRectF(0, 0, 10, 10));
}

class SpaceMapTest : public UiTest
{
protected:
    void SetUp() override
    {
        SampleRegistry pool(path(u"pool"_s));
        m_shared = pool.add(u"a"_s, u"v1"_s,
                            {.layers = 2, .layerSizes = {90'000, 8'000}, .sharedLayers = 1, .base = 0})
                       .amd64()
                       .layers[0];
        pool.add(u"b"_s, u"v1"_s, {.layers = 2, .layerSizes = {90'000, 8'000}, .sharedLayers = 1, .base = 0});
        pool.add(u"gone"_s, u"v1"_s, {.layers = 1, .layerBytes = 30'000});
        QDir(pool.path() + u"/docker/registry/v2/repositories/gone"_s).removeRecursively();
        m_index = indexOf(pool.path());
    }
    std::shared_ptr<const SpaceMap> map(const QString &text = {}, const QSizeF &size = {600, 400}) const
    {
        return std::make_shared<const SpaceMap>(SpaceMap::of(m_index, text, {size, 18, 2, 6}));
    }

    Digest m_shared;
    std::shared_ptr<const PoolIndex> m_index;
};

TEST_F(SpaceMapTest, DrawsEachBlobOnceInItsFirstRepository)
{
    const auto drawn = map();
    ASSERT_EQ(drawn->frames.size(), 3U);
    EXPECT_EQ(drawn->bytes, m_index->totals().storedBytes);
    EXPECT_EQ(frameName(*drawn, 0), u"a"_s) << "where the shared layer lies";
    EXPECT_EQ(frameName(*drawn, 1), u"Needed by no image"_s);
    EXPECT_EQ(frameName(*drawn, 2), u"b"_s);
    EXPECT_EQ(drawn->blobOf(0)->digest, m_shared);
    EXPECT_TRUE(drawn->isShared(0));
    qint64 bytes = 0;
    for (const SpaceMap::Tile &tile : drawn->tiles) {
        bytes += tile.bytes;
    }
    EXPECT_EQ(bytes, m_index->totals().storedBytes);
}

TEST_F(SpaceMapTest, FindsTheTileUnderAPoint)
{
    const auto drawn = map();
    for (int tile = 0; tile < int(drawn->tiles.size()); ++tile) {
        const QPointF middle = drawn->tiles[std::size_t(tile)].rect.center();
        EXPECT_EQ(drawn->tileAt(middle), tile);
        EXPECT_TRUE(drawn->frames[std::size_t(drawn->frameOf(tile))].rect.contains(middle));
    }
    EXPECT_EQ(drawn->tileAt({-1, -1}), -1);
}

TEST_F(SpaceMapTest, ManySmallBlobsAreOneTile)
{
    const auto drawn = map({}, {60, 40});
    const auto small = std::find_if(drawn->tiles.begin(), drawn->tiles.end(),
                                    [](const SpaceMap::Tile &tile) { return tile.blobs > 1; });
    ASSERT_NE(small, drawn->tiles.end());
    EXPECT_EQ(small->blob, SpaceMap::noBlob);
    EXPECT_EQ(drawn->blobOf(int(small - drawn->tiles.begin())), nullptr);
}

TEST_F(SpaceMapTest, ShowsWhatAnswersTheFilter)
{
    const auto drawn = map(u"b:v1"_s);
    ASSERT_EQ(drawn->frames.size(), 1U) << "nobody asked for a, which needs b's base too";
    EXPECT_EQ(frameName(*drawn, 0), u"b"_s);
    EXPECT_GT(drawn->frames[0].tiles, 1);
    EXPECT_TRUE(map(u"etcdd"_s)->frames.empty());
    EXPECT_TRUE(map({}, {0, 0})->frames.empty());
}

TEST_F(SpaceMapTest, TheTableSaysTheSame)
{
    SpaceModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setMap(map());
    EXPECT_EQ(column(model, SpaceModel::Name), QStringList({u"a"_s, u"Needed by no image"_s, u"b"_s}));
    const QModelIndex shared = model.indexOfTile(0);
    EXPECT_EQ(shared.parent(), model.index(0, 0));
    EXPECT_TRUE(shared.data().toString().startsWith(m_shared.shortHex())) << "and that it is shared";
    EXPECT_EQ(model.tileOf(shared), 0);
    EXPECT_EQ(model.imageOf(shared), u"a:v1"_s);
    EXPECT_EQ(model.itemOf(shared).digest, m_shared);
    EXPECT_EQ(model.indexOf(model.pathOf(shared)), shared);
    EXPECT_EQ(model.indexOf(model.pathOf(model.index(1, 0))), model.index(1, 0));
    EXPECT_FALSE(model.indexOf(QString()).isValid());
    EXPECT_EQ(model.itemOf(model.index(0, 0)).reference, u"a"_s);
    EXPECT_EQ(model.index(0, 0).data(ImagesRole).toString(), u"a:v1"_s) << "to be pulled";
    EXPECT_EQ(shared.data(ImagesRole).toString(), QString()) << "a part alone is no image";
    EXPECT_EQ(model.imageOf(model.index(1, 0)), QString()) << "no image needs it";
    EXPECT_TRUE(tileText(*model.map(), 0).startsWith(u"a: "_s));
}

} // namespace
} // namespace layerpool::test
