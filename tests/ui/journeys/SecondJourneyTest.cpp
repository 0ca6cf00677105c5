// SPDX-License-Identifier: Apache-2.0
#include "DeviceTest.h"

#include "models/BlobModel.h"
#include "models/PoolModel.h"
#include "models/SpaceModel.h"
#include "views/PaneHeading.h"

#include <QPlainTextEdit>
#include <QTabWidget>
#include <QTreeWidget>

#include <algorithm>

// The day after: the pool is opened from what was open of late, and looked at from all sides.

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

constexpr qint64 kSharedBytes = 600'000; // of the layers that images share

class SecondJourneyTest : public DeviceTest
{
protected:
    void SetUp() override
    {
        m_samples = m_pool.addForList(m_release.text, {.layerSizes = {kSharedBytes, 3000}});
        ASSERT_NO_FATAL_FAILURE(start());
        workspace().openPool(m_pool.path()); // yesterday
        ASSERT_TRUE(soon([this] { return isRead(); }));
        quit();
        ASSERT_NO_FATAL_FAILURE(start());
    }

    void openFromRecent();
    void walkDownTheTree();
    void readDetails();
    void askWhoShares();
    void lookAtSpace();
    void filter();

    bool isRead() { return workspace().pool() && !workspace().isReadingPool(); }
    QTreeView *poolTree() const { return tree(u"poolTree"_s); }
    /// The row below another with this in its first column.
    static QModelIndex row(const QTreeView *view, const QString &text, const QModelIndex &parent = {})
    {
        const QModelIndexList found = view->model()->match(view->model()->index(0, 0, parent),
                                                           Qt::DisplayRole, text, 1, Qt::MatchStartsWith);
        return found.isEmpty() ? QModelIndex() : found.first();
    }
    /// By its names in the details: "Digest".
    QModelIndex fact(const QString &name) const
    {
        const auto *facts = find<QTreeWidget>(u"detailsFacts"_s);
        const QModelIndexList found = facts->model()->match(facts->model()->index(0, 0), Qt::DisplayRole,
                                                            name, 1, Qt::MatchExactly | Qt::MatchRecursive);
        return found.isEmpty() ? QModelIndex() : found.first();
    }
    QString title() const { return find(u"detailsPane"_s)->findChild<PaneHeading *>()->accessibleName(); }
    QString valueOf(const QString &name) const { return fact(name).siblingAtColumn(1).data().toString(); }
    void switchTo(const QString &button)
    {
        ASSERT_NO_FATAL_FAILURE(hands().press(find<QAbstractButton>(button)));
    }
    /// An image with a platform of its own in the tree.
    const Sample &index() const
    {
        return *std::find_if(m_samples.begin(), m_samples.end(),
                             [](const Sample &sample) { return sample.isIndex(); });
    }

    const ReleaseLines m_release = releaseLines();
    SampleRegistry m_pool{path(u"pool"_s)};
    std::vector<Sample> m_samples;
};

void SecondJourneyTest::openFromRecent()
{
    QAbstractButton *link = nullptr;
    ASSERT_TRUE(soon([&] {
        link = find<QAbstractButton>(u"poolRecentButton"_s);
        return link && link->isVisible();
    }));
    ASSERT_NO_FATAL_FAILURE(hands().press(link));
    ASSERT_TRUE(soon([this] { return isRead() && poolTree()->isVisible(); }));
    EXPECT_EQ(workspace().pool()->path(), m_pool.path());
}

void SecondJourneyTest::walkDownTheTree()
{
    const Sample &image = index();
    ASSERT_TRUE(soon([&] { // the rows come anew when the pool has been read
        const QModelIndex repository = row(poolTree(), image.repository);
        return poolTree()->model()->hasChildren(row(poolTree(), image.tag, repository));
    }));
    ASSERT_NO_FATAL_FAILURE(waitUntilAtRest());
    const QModelIndex repository = row(poolTree(), image.repository);
    ASSERT_NO_FATAL_FAILURE(hands().expand(poolTree(), repository));
    const QModelIndex tag = row(poolTree(), image.tag, repository);
    ASSERT_NO_FATAL_FAILURE(hands().expand(poolTree(), tag));
    const QModelIndex platform = row(poolTree(), u"linux/amd64"_s, tag);
    ASSERT_NO_FATAL_FAILURE(hands().expand(poolTree(), platform));
    QStringList parts = column(*poolTree()->model(), PoolModel::Name, platform);
    EXPECT_EQ(parts.size(), qsizetype(1 + image.amd64().layers.size())) << "its config and layers";
    ASSERT_NO_FATAL_FAILURE(hands().goTo(poolTree(), platform));
}

void SecondJourneyTest::readDetails()
{
    auto *facts = find<QTreeWidget>(u"detailsFacts"_s);
    const QString digest = index().amd64().digest.toString();
    ASSERT_TRUE(soon([&] { return valueOf(u"Digest"_s) == digest; })) << valueOf(u"Digest"_s).toStdString();
    ASSERT_NO_FATAL_FAILURE(hands().goTo(facts, fact(u"Digest"_s)));
    auto *tabs = find<QTabWidget>(u"detailsTabs"_s);
    ASSERT_NO_FATAL_FAILURE(hands().turnTo(tabs->tabBar(), 1));
    const auto *manifest = tabs->currentWidget()->findChild<QPlainTextEdit *>();
    ASSERT_TRUE(manifest && manifest->isVisible());
    EXPECT_TRUE(
        soon([&] { return manifest->toPlainText().contains(index().amd64().layers.front().toString()); }));
    ASSERT_NO_FATAL_FAILURE(hands().turnTo(tabs->tabBar(), 0));
}

// The largest of the blobs: so many images under it, each leads to the tree.
void SecondJourneyTest::askWhoShares()
{
    ASSERT_NO_FATAL_FAILURE(switchTo(u"poolBlobsButton"_s));
    QTreeView *blobs = tree(u"blobTree"_s);
    ASSERT_TRUE(soon([&] { return blobs->isVisible() && blobs->model()->rowCount() > 0; }));
    const QModelIndex largest = blobs->model()->index(0, 0);
    const int sharers =
        largest.siblingAtColumn(BlobModel::Images).data().toString().section(u' ', 0, 0).toInt();
    EXPECT_GT(sharers, 1) << largest.siblingAtColumn(BlobModel::Images).data().toString().toStdString();
    ASSERT_NO_FATAL_FAILURE(hands().expand(blobs, largest));
    ASSERT_EQ(blobs->model()->rowCount(largest), sharers);
    const QModelIndex image = blobs->model()->index(1, 0, largest);
    const QString reference = image.data().toString();
    ASSERT_NO_FATAL_FAILURE(hands().open(blobs, image));
    ASSERT_TRUE(soon([&] { return poolTree()->isVisible(); }));
    EXPECT_EQ(poolTree()->currentIndex().data().toString(), reference.section(u':', -1));
    EXPECT_TRUE(poolTree()->hasFocus());
}

void SecondJourneyTest::lookAtSpace()
{
    ASSERT_NO_FATAL_FAILURE(switchTo(u"poolSpaceButton"_s));
    auto *map = find(u"spaceMap"_s);
    QTreeView *table = tree(u"spaceTable"_s);
    ASSERT_TRUE(soon([&] { return map->isVisible() && table->model()->rowCount() > 0; }));
    ASSERT_NO_FATAL_FAILURE(waitUntilAtRest());
    const QModelIndex second = table->model()->index(1, 0);
    ASSERT_NO_FATAL_FAILURE(hands().goTo(table, second)); // the table says the same as the picture
    EXPECT_TRUE(soon([&] { return title().endsWith(second.data().toString()); })) << title().toStdString();

    const auto &model = *qobject_cast<SpaceModel *>(table->model());
    const QString image = model.imageOf(model.indexOfTile(0));
    const QPoint place = model.map()->tiles.front().rect.center().toPoint();
    ASSERT_NO_FATAL_FAILURE(waitUntilAtRest());
    ASSERT_NO_FATAL_FAILURE(hands().followFirst(map, place));
    EXPECT_TRUE(soon([&] { return poolTree()->isVisible() && title().endsWith(image); }))
        << image.toStdString();
}

void SecondJourneyTest::filter()
{
    const int all = workspace().pool() ? poolTree()->model()->rowCount() : 0;
    ASSERT_NO_FATAL_FAILURE(hands().fill(find<QLineEdit>(u"poolFilter"_s), m_release.word));
    ASSERT_TRUE(soon([&] { return poolTree()->model()->rowCount() == 1; }))
        << poolTree()->model()->rowCount();
    const QModelIndex found = poolTree()->model()->index(0, 0);
    EXPECT_EQ(found.data().toString(), m_release.wordsRepository);
    EXPECT_TRUE(poolTree()->isExpanded(found)) << "its tags are seen";
    ASSERT_NO_FATAL_FAILURE(hands().goTo(poolTree(), row(poolTree(), m_release.wordsTag, found)));
    EXPECT_GT(all, 1);
}

TEST_P(SecondJourneyTest, TheDayAfterThePoolIsLookedAtFromAllSides)
{
    ASSERT_NO_FATAL_FAILURE(openFromRecent());
    ASSERT_NO_FATAL_FAILURE(walkDownTheTree());
    ASSERT_NO_FATAL_FAILURE(readDetails());
    ASSERT_NO_FATAL_FAILURE(askWhoShares());
    ASSERT_NO_FATAL_FAILURE(lookAtSpace());
    ASSERT_NO_FATAL_FAILURE(filter());
}

INSTANTIATE_TEST_SUITE_P(Alone, SecondJourneyTest, testing::Values(Device::Mouse, Device::Keyboard),
                         testing::PrintToStringParamName());

} // namespace
} // namespace layerpool::test
