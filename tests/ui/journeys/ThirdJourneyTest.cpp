// SPDX-License-Identifier: Apache-2.0
#include "DeviceTest.h"

#include "OpenedOutside.h"
#include "bundle/Inventory.h"
#include "bundle/SelectionContent.h"
#include "dialogs/PathEdit.h"
#include "sign/SecretKeyFile.h"
#include "support/Run.h"
#include "support/StockRegistry.h"

#include <optional>

// The next release's list over the pool of the one before: what is missing is fetched, and a bundle made with
// only what the customer lacks, in volumes, signed, and with its report.

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

class ThirdJourneyTest : public DeviceTest
{
protected:
    void SetUp() override
    {
        fillPoolAndSource();
        ASSERT_NO_FATAL_FAILURE(writeInventoryAndKey());
        m_registry.emplace(m_source.path(), StockRegistryOptions{.isReadOnly = true});
        ASSERT_TRUE(m_registry->isUp());
        m_settings.setValue(settings::source, u"127.0.0.1:1"_s); // no test asks the world's registries
        ASSERT_NO_FATAL_FAILURE(start());
    }

    void fillPoolAndSource();
    void writeInventoryAndKey();

    void openPool();
    void openNextList();
    void fetchWhatIsMissing();
    void planBundle();
    void chooseVolumes();
    void readPlanAndPack();
    void expectBundle();
    testing::AssertionResult isOpenedOutside(const QStringList &paths) const;
    void openReportOfRow();
    void openResult();
    void saveReport();

    /// Empty where another window is in front.
    static QString textIn(const QString &dialog, const QString &name)
    {
        const auto *label = inDialog<QLabel>(dialog, name);
        return label ? label->text() : QString();
    }
    static QString notes() { return textIn(u"planDialog"_s, u"planNotes"_s); }
    static QString textOfResult(const QString &name) { return textIn(u"resultDialog"_s, name); }
    static QString said() { return textOfResult(u"madeMessage"_s); }
    static QAbstractButton *resultButton(const QString &name)
    {
        return inDialog<QAbstractButton>(u"resultDialog"_s, name);
    }
    QString report() const { return path(u"next.report.html"_s); }

    SampleRegistry m_pool{path(u"pool"_s)};
    SampleRegistry m_source{path(u"source"_s)};
    Sample m_next; ///< of the new release, on a layer that the customer has
    OpenedOutside m_outside;
    std::optional<StockRegistry> m_registry;
};

// All images stand on one layer. Of the new release, apps/web is that of the one before.
void ThirdJourneyTest::fillPoolAndSource()
{
    const ImageSpec spec{.layerSizes = {200'000, 60'000, 8'000}, .base = 7};
    m_pool.add(u"apps/api"_s, u"1"_s, spec);
    m_pool.add(u"apps/web"_s, u"1"_s, spec);
    m_next = m_source.add(u"apps/api"_s, u"2"_s, spec);
    m_source.add(u"apps/tools"_s, u"2"_s, spec);
    m_source.add(u"apps/web"_s, u"1"_s, spec);
}

void ThirdJourneyTest::writeInventoryAndKey()
{
    const auto index = indexOf(m_pool.path());
    ASSERT_TRUE(index);
    ASSERT_TRUE(isOk(writeInventory(path(u"customer.json"_s), contentOf(Selection::ofAll(*index)), false)));
    ASSERT_TRUE(isOk(SecretKeyFile::writePair(path(u"our.key"_s), SecretKey::generate(), std::nullopt, {})));
}

void ThirdJourneyTest::openPool()
{
    ASSERT_NO_FATAL_FAILURE(hands().run(find<QAction>(u"openPoolAction"_s)));
    ASSERT_NO_FATAL_FAILURE(hands().answerFileDialog(m_pool.path()));
    ASSERT_TRUE(soon([this] { return workspace().pool() && !workspace().isReadingPool(); }));
    ASSERT_NO_FATAL_FAILURE(backToTheWindow());
}

void ThirdJourneyTest::openNextList()
{
    const QString list = writeList(u"release-2.txt"_s, "apps/api:2\napps/tools:2\napps/web:1\n");
    ASSERT_NO_FATAL_FAILURE(openFile(list, u"openListAction"_s));
    const QStringList expected{u"Missing"_s, u"Missing"_s, u"In pool"_s};
    ASSERT_TRUE(soon([&] { return states() == expected; })) << testing::PrintToString(states());
    ASSERT_NO_FATAL_FAILURE(backToTheWindow());
    picture(u"next-list"_s);
}

void ThirdJourneyTest::fetchWhatIsMissing()
{
    ASSERT_NO_FATAL_FAILURE(openPlan(u"convertAction"_s));
    ASSERT_NO_FATAL_FAILURE(hands().fill(inPlan<QLineEdit>(u"sourceEdit"_s), m_registry->host()));
    ASSERT_NO_FATAL_FAILURE(waitForPlan(u"Fetch 2 image"_s));
    ASSERT_NO_FATAL_FAILURE(startPlan());
    ASSERT_NO_FATAL_FAILURE(waitForState(u"Done"_s));
    ASSERT_TRUE(soon([this] { return states().count(u"In pool"_s) == 3; }))
        << testing::PrintToString(states());
}

void ThirdJourneyTest::planBundle()
{
    ASSERT_NO_FATAL_FAILURE(openPlan(u"tarAction"_s));
    EXPECT_TRUE(inPlan<QComboBox>(u"subjectCombo"_s)->currentText().startsWith(u"The list release-2.txt"_s));
    ASSERT_NO_FATAL_FAILURE(hands().fill(inPlan<QLineEdit>(u"targetEdit"_s), path(u"next.tar"_s)));
    ASSERT_NO_FATAL_FAILURE(hands().fill(inPlan<PathEdit>(u"tarBase"_s)->edit(), path(u"customer.json"_s)));
    ASSERT_NO_FATAL_FAILURE(hands().fill(inPlan<QLineEdit>(u"signKeyEdit"_s), path(u"our.key"_s)));
}

// By its name the volume is as large as a file on a USB disk can be; the smallest there is makes several.
void ThirdJourneyTest::chooseVolumes()
{
    auto *volumes = inPlan<QComboBox>(u"volumesCombo"_s);
    ASSERT_NO_FATAL_FAILURE(hands().choose(volumes, 1));
    EXPECT_EQ(volumes->currentText(), u"FAT32 (4.3 GB)"_s);
    ASSERT_NO_FATAL_FAILURE(waitForPlan(u"Pack 3 image"_s));
    EXPECT_TRUE(notes().contains(u"In about 1 volume(s) of 4.3 GB"_s)) << notes().toStdString();
    ASSERT_NO_FATAL_FAILURE(hands().fill(volumes->lineEdit(), u"64Ki"_s));
    ASSERT_NO_FATAL_FAILURE(waitForPlan(u"Pack 3 image"_s));
    EXPECT_TRUE(notes().contains(u"volume(s) of 65.5 kB"_s)) << notes().toStdString();
}

void ThirdJourneyTest::readPlanAndPack()
{
    const auto *leftOut = inPlan<QLabel>(u"leftOutFigure"_s);
    ASSERT_TRUE(leftOut && leftOut->isVisible());
    const qint64 bytes = QLocale().toLongLong(leftOut->toolTip().section(u' ', 0, 0));
    EXPECT_GE(bytes, 268'000) << "the common layer, and the others of apps/web";
    EXPECT_TRUE(notes().contains(u"3 layer(s) are left out: the far side must have them"_s))
        << notes().toStdString();
    EXPECT_TRUE(notes().contains(u"Signs its sums by the key "_s)) << notes().toStdString();
    picture(u"tar-plan"_s);
    ASSERT_NO_FATAL_FAILURE(startPlan());
    ASSERT_NO_FATAL_FAILURE(waitForState(u"Done"_s));
}

// By the eyes of the programs that the customer has.
void ThirdJourneyTest::expectBundle()
{
    const auto shell = [this](const QString &words) {
        return run(u"sh"_s, {u"-c"_s, u"cd \"$1\" && "_s + words, u"sh"_s, path({})});
    };
    EXPECT_TRUE(QFileInfo::exists(path(u"next.tar.002"_s)));
    const Outcome sums = shell(u"sha256sum --strict --quiet -c next.sha256"_s);
    EXPECT_EQ(sums.exitStatus, 0) << sums;
    const Outcome verified = shell(u"minisign -V -m next.sha256 -p our.key.pub"_s);
    EXPECT_EQ(verified.exitStatus, 0) << verified;
    const Outcome listed = shell(u"cat next.tar.*[0-9] | tar -tf -"_s);
    EXPECT_EQ(listed.exitStatus, 0) << listed;
    const SampleManifest &image = m_next.amd64();
    EXPECT_FALSE(listed.out.contains(image.layers.front().hex() + "/data")) << "the customer has it";
    for (const Digest &needed : {image.layers.back(), image.config, image.digest}) {
        EXPECT_TRUE(listed.out.contains(needed.hex() + "/data")) << needed.toByteArray().constData();
    }
}

testing::AssertionResult ThirdJourneyTest::isOpenedOutside(const QStringList &paths) const
{
    return soon([&] { return m_outside.paths == paths; })
               ? testing::AssertionSuccess()
               : testing::AssertionFailure() << m_outside.paths.join(u", "_s).toStdString();
}

void ThirdJourneyTest::openReportOfRow()
{
    EXPECT_TRUE(taskButton(u"taskFolderButton"_s)->isVisible());
    EXPECT_TRUE(taskButton(u"taskReportButton"_s)->isVisible());
    ASSERT_NO_FATAL_FAILURE(doWithTask(u"taskFolderButton"_s, u"showFolderAction"_s));
    EXPECT_TRUE(isOpenedOutside({QFileInfo(report()).absolutePath()}));
    ASSERT_NO_FATAL_FAILURE(doWithTask(u"taskReportButton"_s, u"openReportAction"_s));
    EXPECT_TRUE(isOpenedOutside({QFileInfo(report()).absolutePath(), report()}));
    m_outside.paths.clear();
}

void ThirdJourneyTest::openResult()
{
    ASSERT_NO_FATAL_FAILURE(hands().open(tasks(), task()));
    ASSERT_NO_FATAL_FAILURE(waitForDialog(u"resultDialog"_s));
    EXPECT_TRUE(textOfResult(u"resultOutcome"_s).contains(path(u"next.tar"_s)));
    EXPECT_TRUE(textOfResult(u"resultNotes"_s).contains(u"sha256sum -c next.sha256"_s))
        << textOfResult(u"resultNotes"_s).toStdString();
    picture(u"result-of-tar"_s);
    ASSERT_NO_FATAL_FAILURE(hands().press(resultButton(u"openReportButton"_s)));
    EXPECT_TRUE(isOpenedOutside({report()}));
}

void ThirdJourneyTest::saveReport()
{
    QWidget *result = QApplication::activeWindow();
    ASSERT_NO_FATAL_FAILURE(hands().press(resultButton(u"savePdfButton"_s)));
    ASSERT_NO_FATAL_FAILURE(hands().answerFileDialog(path(u"approval.pdf"_s)));
    ASSERT_NO_FATAL_FAILURE(bringToFront(result));
    ASSERT_TRUE(soon([] { return said().contains(u"approval.pdf"_s); })) << said().toStdString();
    QFile paper(path(u"approval.pdf"_s));
    ASSERT_TRUE(paper.open(QIODevice::ReadOnly));
    EXPECT_TRUE(paper.read(5).startsWith("%PDF"));
    ASSERT_NO_FATAL_FAILURE(hands().press(resultButton(u"resultCloseButton"_s)));
    ASSERT_NO_FATAL_FAILURE(backToTheWindow());
}

TEST_P(ThirdJourneyTest, TheNextReleaseIsPackedForACustomerWhoHasTheOneBefore)
{
    ASSERT_NO_FATAL_FAILURE(openPool());
    ASSERT_NO_FATAL_FAILURE(openNextList());
    ASSERT_NO_FATAL_FAILURE(fetchWhatIsMissing());
    ASSERT_NO_FATAL_FAILURE(planBundle());
    ASSERT_NO_FATAL_FAILURE(chooseVolumes());
    ASSERT_NO_FATAL_FAILURE(readPlanAndPack());
    expectBundle();
    ASSERT_NO_FATAL_FAILURE(openReportOfRow());
    ASSERT_NO_FATAL_FAILURE(openResult());
    ASSERT_NO_FATAL_FAILURE(saveReport());
}

INSTANTIATE_TEST_SUITE_P(Alone, ThirdJourneyTest, testing::Values(Device::Mouse, Device::Keyboard),
                         testing::PrintToStringParamName());

} // namespace
} // namespace layerpool::test
