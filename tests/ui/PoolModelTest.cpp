// SPDX-License-Identifier: Apache-2.0
#include "models/PoolModel.h"

#include "UiTest.h"
#include "base/Text.h"

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

class PoolModelTest : public UiTest
{
protected:
    void show(const QStringList &references)
    {
        m_pool = makePool(u"pool"_s, references);
        lookAt(indexOf(m_pool));
    }

    void lookAt(std::shared_ptr<const PoolIndex> index, const PoolQuery &query = {})
    {
        m_model.setRows(PoolRows::of(std::move(index), query));
    }
    void filter(const QString &text) { lookAt(m_model.rows().index, {text}); }

    QModelIndex at(const QString &reference) const { return m_model.indexOf(reference); }
    /// The first platform of a tag; its config and layers lie below it.
    QModelIndex platform(const QString &reference) const { return m_model.index(0, 0, at(reference)); }

    QString m_pool;
    PoolTicks m_ticks;
    PoolModel m_model{&m_ticks};
    QAbstractItemModelTester m_tester{&m_model, QAbstractItemModelTester::FailureReportingMode::Fatal};
};

TEST_F(PoolModelTest, ShowsRepositoriesThenTagsThenParts)
{
    show({u"calico/cni:v1"_s, u"calico/cni:v2"_s, u"redis:6"_s});
    EXPECT_EQ(column(m_model, PoolModel::Name), QStringList({u"calico/cni"_s, u"redis"_s}));
    EXPECT_EQ(column(m_model, PoolModel::Name, at(u"calico/cni"_s)), QStringList({u"v1"_s, u"v2"_s}));
    EXPECT_EQ(column(m_model, PoolModel::Name, at(u"calico/cni:v1"_s)), QStringList(u"linux/amd64"_s));
    EXPECT_EQ(column(m_model, PoolModel::Name, platform(u"calico/cni:v1"_s)),
              QStringList({u"Config"_s, u"Layer 1"_s, u"Layer 2"_s, u"Layer 3"_s}));
}

TEST_F(PoolModelTest, ShowsThePlatformsOfAnIndex)
{
    SampleRegistry registry(path(u"pool"_s));
    ImageSpec spec;
    spec.kind = SampleKind::OciIndex;
    spec.hasAttestation = true;
    registry.add(u"calico/cni"_s, u"v1"_s, spec);
    lookAt(indexOf(registry.path()));
    EXPECT_EQ(column(m_model, PoolModel::Name, at(u"calico/cni:v1"_s)),
              QStringList({u"linux/amd64"_s, u"linux/arm64"_s, u"Attestation"_s}));
    const QModelIndex amd64 = m_model.index(0, 0, at(u"calico/cni:v1"_s));
    EXPECT_EQ(column(m_model, PoolModel::Name, amd64),
              QStringList({u"Config"_s, u"Layer 1"_s, u"Layer 2"_s, u"Layer 3"_s}));
}

TEST_F(PoolModelTest, CountsWhoSharesALayer)
{
    show({u"a/one:1"_s, u"a/two:1"_s, u"a/three:1"_s});
    const QStringList shared = column(m_model, PoolModel::Shared, platform(u"a/one:1"_s));
    EXPECT_EQ(shared.value(1), u"×2"_s); // the base is the lowest layer
    EXPECT_EQ(shared.value(3), QString());
}

TEST_F(PoolModelTest, TheSharedOfAnImageIsThatOfThePartThatIsSharedMost)
{
    show({u"a/one:1"_s, u"a/two:1"_s, u"a/three:1"_s});
    const auto shared = [&](const QString &reference) {
        return at(reference).siblingAtColumn(PoolModel::Shared).data().toString();
    };
    const QStringList layers = column(m_model, PoolModel::Shared, platform(u"a/one:1"_s));
    ASSERT_TRUE(layers.contains(u"×2"_s));
    EXPECT_EQ(shared(u"a/one:1"_s), u"×2"_s);
    EXPECT_EQ(shared(u"a/one"_s), u"×2"_s);
    EXPECT_EQ(at(u"a/one:1"_s).siblingAtColumn(PoolModel::Shared).data(Qt::ToolTipRole).toString(),
              u"2 image(s) of this pool need the part of it that is shared most"_s);
    show({u"alone:1"_s});
    EXPECT_EQ(shared(u"alone"_s), QString());
}

TEST_F(PoolModelTest, UniqueIsWhatNothingElseNeeds)
{
    show({u"a/one:1"_s, u"a/two:1"_s, u"a/three:1"_s});
    const auto &usage = m_model.rows().index->usage();
    const auto unique = [&](const QModelIndex &row) {
        return row.siblingAtColumn(PoolModel::Unique).data().toString();
    };
    EXPECT_EQ(unique(at(u"a/one"_s)), formatBytes(usage.repository(0).uniqueBytes));
    EXPECT_EQ(unique(at(u"a/one:1"_s)), formatBytes(usage.tag(0).uniqueBytes));
    EXPECT_LT(usage.tag(0).uniqueBytes, usage.tag(0).bytes);
    const QModelIndex amd64 = platform(u"a/one:1"_s);
    EXPECT_EQ(unique(amd64), QString()) << "it can't be removed alone";
    EXPECT_EQ(unique(m_model.index(1, 0, amd64)), formatBytes(0)) << "the base is shared";
    EXPECT_EQ(unique(m_model.index(3, 0, amd64)), m_model.index(3, PoolModel::Size, amd64).data().toString());
}

TEST_F(PoolModelTest, CreatedIsTheDayOfTheConfig)
{
    show({u"redis:6"_s});
    const auto created = [&](const QModelIndex &row) {
        return row.siblingAtColumn(PoolModel::Created).data().toString();
    };
    const PoolIndex &index = *m_model.rows().index;
    const QDateTime made = createdOf(index, index.repositories()[0].tags[0]);
    ASSERT_TRUE(made.isValid());
    const QString day = QLocale().toString(made.toLocalTime().date(), QLocale::ShortFormat);
    EXPECT_EQ(created(at(u"redis"_s)), day);
    EXPECT_EQ(created(at(u"redis:6"_s)), day);
    EXPECT_EQ(created(platform(u"redis:6"_s)), day);
    EXPECT_EQ(created(m_model.index(0, 0, platform(u"redis:6"_s))), QString()) << "a part has none";
}

TEST_F(PoolModelTest, ShortensDigestsAndTellsThemWhole)
{
    show({u"redis:6"_s});
    const QModelIndex digest = at(u"redis:6"_s).siblingAtColumn(PoolModel::DigestColumn);
    EXPECT_EQ(digest.data().toString().size(), 12);
    EXPECT_EQ(digest.data(DigestRole).toString().size(), 7 + 64);
    EXPECT_EQ(digest.data(Qt::ToolTipRole), digest.data(DigestRole));
    EXPECT_EQ(at(u"redis:6"_s).data(ReferenceRole).toString(), u"redis:6"_s);
}

TEST_F(PoolModelTest, FiltersByRepositoryAndTag)
{
    show({u"calico/cni:v1"_s, u"calico/cni:v2"_s, u"calico/node:v1"_s, u"redis:6"_s});
    filter(u"CALICO"_s);
    EXPECT_EQ(column(m_model, PoolModel::Name), QStringList({u"calico/cni"_s, u"calico/node"_s}));
    filter(u"v2"_s);
    EXPECT_EQ(column(m_model, PoolModel::Name), QStringList({u"calico/cni"_s}));
    EXPECT_EQ(column(m_model, PoolModel::Name, at(u"calico/cni"_s)), QStringList({u"v2"_s}));
    EXPECT_EQ(m_model.rows().tags, 1);
    filter(u"cni:v1"_s);
    EXPECT_EQ(m_model.rows().tags, 1);
    filter(u"etcdd"_s);
    EXPECT_EQ(m_model.rowCount(), 0);
    filter(QString());
    EXPECT_EQ(m_model.rowCount(), 3);
}

TEST_F(PoolModelTest, ATickOnARepositoryTicksItsTags)
{
    show({u"calico/cni:v1"_s, u"calico/cni:v2"_s, u"redis:6"_s});
    EXPECT_TRUE(m_model.setData(at(u"calico/cni"_s), Qt::Checked, Qt::CheckStateRole));
    EXPECT_EQ(m_ticks.count(), 2);
    EXPECT_EQ(at(u"calico/cni:v2"_s).data(Qt::CheckStateRole).toInt(), Qt::Checked);
    EXPECT_TRUE(m_model.setData(at(u"calico/cni:v1"_s), Qt::Unchecked, Qt::CheckStateRole));
    EXPECT_EQ(at(u"calico/cni"_s).data(Qt::CheckStateRole).toInt(), Qt::PartiallyChecked);
    EXPECT_EQ(at(u"redis"_s).data(Qt::CheckStateRole).toInt(), Qt::Unchecked);
}

TEST_F(PoolModelTest, ATickUnderAFilterLeavesWhatIsHidden)
{
    show({u"calico/cni:v1"_s, u"calico/cni:v2"_s, u"calico/cni:v20"_s});
    filter(u"v2"_s);
    QSignalSpy changed(&m_ticks, &PoolTicks::changed);
    EXPECT_TRUE(m_model.setData(at(u"calico/cni"_s), Qt::Checked, Qt::CheckStateRole));
    EXPECT_EQ(m_ticks.count(), 2);
    EXPECT_EQ(changed.count(), 1) << "told once, however many they are";
}

TEST_F(PoolModelTest, ARepositorysBoxSpeaksOfWhatAFilterShows)
{
    show({u"calico/cni:v1"_s, u"calico/cni:v2"_s, u"calico/cni:v20"_s});
    const auto state = [this] { return at(u"calico/cni"_s).data(Qt::CheckStateRole).toInt(); };
    m_model.setData(at(u"calico/cni:v1"_s), Qt::Checked, Qt::CheckStateRole);
    EXPECT_EQ(state(), Qt::PartiallyChecked);
    filter(u"v2"_s);
    EXPECT_EQ(state(), Qt::Unchecked);
    m_model.setData(at(u"calico/cni:v2"_s), Qt::Checked, Qt::CheckStateRole);
    EXPECT_EQ(state(), Qt::PartiallyChecked);
    m_model.setData(at(u"calico/cni"_s), Qt::Checked, Qt::CheckStateRole);
    EXPECT_EQ(state(), Qt::Checked) << "the next click takes it away";
    filter(u"cni"_s);
    EXPECT_EQ(state(), Qt::Checked) << "all are shown";
    m_model.setData(at(u"calico/cni:v1"_s), Qt::Unchecked, Qt::CheckStateRole);
    filter(u"v2"_s);
    m_model.setData(at(u"calico/cni"_s), Qt::Unchecked, Qt::CheckStateRole);
    EXPECT_EQ(m_ticks.count(), 0);
}

TEST_F(PoolModelTest, FindsEachRowByItsPath)
{
    SampleRegistry registry(path(u"pool"_s));
    registry.add(u"calico/cni"_s, u"v1"_s, {.kind = SampleKind::OciIndex});
    lookAt(indexOf(registry.path()));
    const QModelIndex tag = m_model.index(0, 0, m_model.index(0, 0));
    const QModelIndex arm64 = m_model.index(1, 0, tag);
    const QModelIndex layer = m_model.index(2, 0, arm64);
    QStringList paths;
    for (const QModelIndex &row : {tag.parent(), tag, arm64, layer}) {
        paths << m_model.pathOf(row);
        EXPECT_EQ(m_model.indexOf(paths.last()), row) << paths.last().toStdString();
    }
    EXPECT_TRUE(std::is_sorted(paths.begin(), paths.end())) << "what lies in another comes after it";
    EXPECT_FALSE(m_model.indexOf(m_model.pathOf(arm64) + u"/99"_s).isValid());
    EXPECT_FALSE(m_model.indexOf(m_model.pathOf(tag) + u"@sha256:0"_s).isValid());
    EXPECT_FALSE(m_model.indexOf(QString()).isValid());
}

TEST_F(PoolModelTest, PartsCannotBeTicked)
{
    show({u"redis:6"_s});
    const QModelIndex config = m_model.index(0, 0, platform(u"redis:6"_s));
    EXPECT_FALSE(config.flags() & Qt::ItemIsUserCheckable);
    EXPECT_FALSE(m_model.setData(config, Qt::Checked, Qt::CheckStateRole));
}

TEST_F(PoolModelTest, SaysWhichBlobIsMissing)
{
    SampleRegistry registry(path(u"pool"_s));
    const Sample sample = registry.add(u"redis"_s, u"6"_s);
    removeBlob(registry, sample.manifests.front().layers.front());
    lookAt(indexOf(registry.path()));
    EXPECT_EQ(m_model.index(1, 0, platform(u"redis:6"_s)).data().toString(), u"Layer 1 — missing"_s);
}

TEST_F(PoolModelTest, KeepsTicksWhenThePoolIsReadAnew)
{
    show({u"calico/cni:v1"_s, u"redis:6"_s});
    m_model.setData(at(u"redis"_s), Qt::Checked, Qt::CheckStateRole);
    SampleRegistry(m_pool).add(u"calico/cni"_s, u"v2"_s);
    lookAt(indexOf(m_pool));
    EXPECT_EQ(m_model.rowCount(at(u"calico/cni"_s)), 2);
    EXPECT_EQ(at(u"redis:6"_s).data(Qt::CheckStateRole).toInt(), Qt::Checked);
}

TEST_F(PoolModelTest, SignaturesGoWithTheirImageAndCountAsNone)
{
    SampleRegistry registry(path(u"signed"_s));
    const Sample image = registry.add(u"a"_s, u"v1"_s);
    const Sample signature = registry.addSignature(u"a"_s, image.root);
    lookAt(indexOf(registry.path()));
    const QModelIndex repository = m_model.index(0, 0);
    EXPECT_EQ(repository.data(Qt::ToolTipRole).toString(), u"1 image(s)"_s);
    const QModelIndex row = m_model.indexOf(u"a:"_s + signature.tag);
    ASSERT_TRUE(row.isValid());
    EXPECT_EQ(row.data().toString(), u"Signature of "_s + image.root.shortHex());
    EXPECT_EQ(row.data(Qt::ToolTipRole).toString(), signature.tag);
    EXPECT_FALSE(row.data(Qt::CheckStateRole).isValid());
    EXPECT_FALSE(row.flags() & Qt::ItemIsUserCheckable);
    EXPECT_TRUE(m_model.setData(repository, Qt::Checked, Qt::CheckStateRole));
    EXPECT_EQ(repository.data(Qt::CheckStateRole).toInt(), int(Qt::Checked));
    EXPECT_EQ(m_ticks.count(), 1);
}

} // namespace
} // namespace layerpool::test
