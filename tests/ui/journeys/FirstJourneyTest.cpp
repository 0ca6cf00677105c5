// SPDX-License-Identifier: Apache-2.0
#include "DeviceTest.h"

#include "models/Roles.h"
#include "support/StockRegistry.h"
#include "work/ListDocument.h"

#include <QSet>

#include <optional>

// A release's list on the empty window: what it says is read, a mirror is chosen, the plan looked at and
// started. In the middle of it the plug is pulled. When it is in again, the rest is tried again, and goes on
// within the blobs where it was.

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

constexpr qint64 kLargeBytes = 12'000'000;     // more than the network keeps on its way
constexpr qint64 kBytesPerSecond = 10'000'000; // a line that one can watch
constexpr qsizetype kEvery = 40;               // so many images, then a large one

class FirstJourneyTest : public DeviceTest
{
protected:
    void SetUp() override
    {
        fillSource();
        m_registry.emplace(m_source.path(), StockRegistryOptions{.isReadOnly = true});
        m_mirror.emplace(m_source.path(), StockRegistryOptions{.isReadOnly = true});
        ASSERT_TRUE(m_registry->isUp() && m_mirror->isUp());
        m_settings.setValue(settings::source, u"127.0.0.1:1"_s); // no test asks the world's registries
        m_settings.setValue(settings::bytesPerSecond, kBytesPerSecond);
        m_settings.setValue(settings::tries, 1); // the plug is out for long
        ASSERT_NO_FATAL_FAILURE(start());
    }

    /// Small images, and some with a layer that takes a while.
    void fillSource();

    void openList();
    void expectListIsRead();
    void makePool();
    void planFromMirror();
    void readAndStartPlan(const QString &verb);
    void watch();
    void pullPlug();
    void readWhatFailed();
    void tryAgain();
    void expectAllIsThere();

    double fraction() const { return task(TaskModel::Progress).data(FractionRole).toDouble(); }
    QString noteOf(int row) const { return lines().index(row, ListModel::Note).data().toString(); }

    const ReleaseLines m_release = releaseLines();
    SampleRegistry m_source{path(u"source"_s)};
    std::vector<Sample> m_samples;
    std::optional<StockRegistry> m_registry;
    std::optional<StockRegistry> m_mirror;
};

void FirstJourneyTest::fillSource()
{
    qsizetype count = 0;
    QSet<QString> seen;
    for (const QString &image : m_release.images) {
        if (!seen.contains(image)) {
            seen.insert(image);
            const bool isLarge = ++count % kEvery == 0;
            m_samples.push_back(
                m_source.add(image.section(u':', 0, 0), image.section(u':', 1),
                             {.kind = isLarge ? SampleKind::OciManifest : SampleKind(count % sampleKindCount),
                              .layers = 2,
                              .layerSizes = {2000, isLarge ? kLargeBytes : 2000}}));
        }
    }
}

void FirstJourneyTest::openList()
{
    const QString list = writeList(u"release.txt"_s, m_release.text);
    ASSERT_NO_FATAL_FAILURE(openFile(list, u"openListAction"_s));
    ASSERT_TRUE(soon([this] { return workspace().list() && lines().rowCount() > m_release.distinct(); }));
    ASSERT_NO_FATAL_FAILURE(backToTheWindow());
}

void FirstJourneyTest::expectListIsRead()
{
    const QString totals = find<QLabel>(u"listTotals"_s)->text();
    EXPECT_TRUE(totals.contains(u"%1 line(s) · 1 repeated"_s.arg(m_release.images.size())))
        << totals.toStdString();
    const int repeated = m_release.repeatedLine - 1;
    EXPECT_EQ(lines().index(repeated, ListModel::Image).data().toString(), m_release.repeated);
    EXPECT_TRUE(noteOf(repeated).startsWith(u"repeats line "_s)) << noteOf(repeated).toStdString();
    QStringList official;
    for (int row = 0; row < lines().rowCount(); ++row) {
        if (noteOf(row).contains(u"official image"_s)) {
            official.append(lines().index(row, ListModel::Image).data().toString());
        }
    }
    EXPECT_EQ(official, m_release.official);
}

void FirstJourneyTest::makePool()
{
    ASSERT_TRUE(QDir().mkpath(path(u"pool"_s)));
    if (isByMouse()) {
        ASSERT_NO_FATAL_FAILURE(hands().press(find<QAbstractButton>(u"emptyNewPoolButton"_s)));
    } else {
        ASSERT_NO_FATAL_FAILURE(hands().run(find<QAction>(u"newPoolAction"_s)));
    }
    ASSERT_NO_FATAL_FAILURE(hands().answerFileDialog(path(u"pool"_s)));
    ASSERT_TRUE(soon([this] { return states().count(u"Missing"_s) == m_release.distinct(); }));
    EXPECT_EQ(states().count(u"Repeated"_s), 1);
    ASSERT_NO_FATAL_FAILURE(backToTheWindow());
}

void FirstJourneyTest::planFromMirror()
{
    ASSERT_NO_FATAL_FAILURE(openPlan(u"convertAction"_s));
    ASSERT_NO_FATAL_FAILURE(hands().fill(inPlan<QLineEdit>(u"sourceEdit"_s), m_registry->host()));
    ASSERT_NO_FATAL_FAILURE(hands().fill(inPlan<QLineEdit>(u"mirrorEdit"_s), m_mirror->host()));
}

void FirstJourneyTest::readAndStartPlan(const QString &verb)
{
    ASSERT_NO_FATAL_FAILURE(waitForPlan(verb));
    const QString sentence = inPlan<QLabel>(u"planSentence"_s)->text();
    EXPECT_TRUE(sentence.contains(m_mirror->host())) << sentence.toStdString();
    ASSERT_NO_FATAL_FAILURE(startPlan());
}

// Its row has a state, a bar and a speed; below it are the images.
void FirstJourneyTest::watch()
{
    ASSERT_TRUE(inTheEnd([this] { return fraction() > 0; }));
    EXPECT_EQ(state(), u"Fetching"_s);
    ASSERT_NO_FATAL_FAILURE(hands().expand(tasks(), task()));
    EXPECT_EQ(tasks()->model()->rowCount(task()), m_release.distinct());
    EXPECT_TRUE(soon([this] { return task(TaskModel::Speed).data().toString().endsWith(u"/s"_s); }));
}

void FirstJourneyTest::pullPlug()
{
    ASSERT_TRUE(inTheEnd([this] {
        return fraction() > 0.1 && column(*tasks()->model(), TaskModel::State, task()).contains(u"Done"_s);
    }));
    m_mirror->pullPlug();
    m_registry->pullPlug();
    ASSERT_TRUE(inTheEnd([this] { return !workspace().queue().hasWork() && !workspace().isReadingPool(); }));
    EXPECT_TRUE(state().endsWith(u" image(s) failed"_s)) << state().toStdString();
    ASSERT_TRUE(soon([this] { return states().contains(u"In pool"_s); }));
    EXPECT_GT(workspace().list()->counts().here, 0) << "what had come is there";
    EXPECT_GT(m_mirror->log().count("\"GET /v2/"), 0) << "it is asked first";
}

void FirstJourneyTest::readWhatFailed()
{
    ASSERT_NO_FATAL_FAILURE(hands().open(tasks(), task()));
    ASSERT_NO_FATAL_FAILURE(waitForDialog(u"resultDialog"_s));
    const QString problem = inDialog<QLabel>(u"resultDialog"_s, u"resultProblem"_s)->text();
    EXPECT_TRUE(problem.contains(m_registry->host())) << problem.toStdString();
}

void FirstJourneyTest::tryAgain()
{
    const QByteArray before = m_mirror->log() + m_registry->log();
    EXPECT_FALSE(before.contains(" 206 "));
    ASSERT_TRUE(m_registry->plugIn() && m_mirror->plugIn());
    ASSERT_NO_FATAL_FAILURE(
        hands().press(inDialog<QAbstractButton>(u"resultDialog"_s, u"resultRetryButton"_s)));
    ASSERT_NO_FATAL_FAILURE(waitForDialog(u"planDialog"_s));
    EXPECT_TRUE(inPlan<QLineEdit>(u"mirrorEdit"_s)->text().endsWith(m_mirror->host())) << "as it was chosen";
    ASSERT_NO_FATAL_FAILURE(readAndStartPlan(u"Fetch "_s));
    ASSERT_NO_FATAL_FAILURE(waitForState(u"Done"_s));
}

void FirstJourneyTest::expectAllIsThere()
{
    ASSERT_TRUE(inTheEnd([this] { return states().count(u"In pool"_s) == m_release.distinct(); }))
        << workspace().list()->counts().here;
    EXPECT_EQ(states().count(u"Repeated"_s), 1);
    const QByteArray log = m_mirror->log() + m_registry->log();
    EXPECT_TRUE(log.contains(" 206 ")) << "a blob went on within its bytes";
    for (const Sample &sample : m_samples) {
        const QByteArray whole = "/blobs/" + sample.amd64().layers.back().toByteArray() + " HTTP/1.1\" 200 ";
        EXPECT_LE(log.count(whole), 1) << sample.reference().toStdString() << " was fetched twice";
    }
    EXPECT_EQ(StockRegistry::collectGarbage(path(u"pool"_s)).eligible(), 0);
}

TEST_P(FirstJourneyTest, FromADroppedListThroughAPulledPlugToAWholePool)
{
    ASSERT_NO_FATAL_FAILURE(openList());
    expectListIsRead();
    ASSERT_NO_FATAL_FAILURE(makePool());
    ASSERT_NO_FATAL_FAILURE(planFromMirror());
    ASSERT_NO_FATAL_FAILURE(readAndStartPlan(u"Fetch %1 image"_s.arg(m_release.distinct())));
    ASSERT_NO_FATAL_FAILURE(watch());
    ASSERT_NO_FATAL_FAILURE(pullPlug());
    ASSERT_NO_FATAL_FAILURE(readWhatFailed());
    ASSERT_NO_FATAL_FAILURE(tryAgain());
    expectAllIsThere();
}

INSTANTIATE_TEST_SUITE_P(Alone, FirstJourneyTest, testing::Values(Device::Mouse, Device::Keyboard),
                         testing::PrintToStringParamName());

} // namespace
} // namespace layerpool::test
