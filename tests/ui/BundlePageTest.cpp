// SPDX-License-Identifier: Apache-2.0
#include "Menus.h"
#include "WindowTest.h"

#include "dialogs/BundleDialog.h"
#include "models/PoolModel.h"
#include "models/TaskModel.h"
#include "sign/SecretKey.h"
#include "sign/TrustedKeys.h"
#include "support/FakeRegistry.h"
#include "support/StockRegistry.h"
#include "task/TarPlan.h"

#include <QClipboard>
#include <QFileInfo>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

// The page of a bundle: what is inside, before anything is taken in, and what can be done with it.

namespace layerpool::test {
namespace {

const QString kPage = u"bundleDialog"_s;

class BundlePageTest : public WindowTest
{
protected:
    /// Of two images, in three volumes or more; the last one's path.
    QString makeVolumes()
    {
        SampleRegistry pool(path(u"there"_s));
        pool.add(u"calico/cni"_s, u"v1"_s, {.layerSizes = {90'000, 8'000}});
        pool.add(u"library/redis"_s, u"5"_s, {.layerSizes = {70'000, 8'000}});
        const auto index = indexOf(pool.path());
        Result<TarPlan> plan =
            planTar(index, Selection::ofAll(*index),
                    {.name = u"all"_s, .target = path(u"images.tar"_s), .volumeBytes = 65'536});
        EXPECT_TRUE(plan);
        TaskProgress progress;
        EXPECT_TRUE(TarTask(*std::move(plan)).run({{}, progress}).isClean());
        return path(u"images.tar.003"_s);
    }
    static QString text(const QString &label) { return textIn(kPage, label); }
    static bool isShownThere(const QString &name)
    {
        const auto *widget = in(kPage, name);
        return widget && widget->isVisible();
    }
    static QAbstractItemModel &images() { return *in<QTreeView>(kPage, u"bundleTree"_s)->model(); }
    static void waitUntilRead(int repositories = 2)
    {
        ASSERT_TRUE(soon([&] {
            return isShownThere(u"bundleImportButton"_s) && images().rowCount() == repositories;
        })) << text(u"bundleProblem"_s).toStdString();
    }
    static int countOf(const QString &dialog)
    {
        const QWidgetList all = QApplication::topLevelWidgets();
        return int(std::ranges::count_if(all, [&](const QWidget *widget) {
            return widget->objectName() == dialog && widget->isVisible();
        }));
    }
    void drop(const QStringList &files)
    {
        ASSERT_NO_FATAL_FAILURE(dropFiles(&m_window, files));
        waitFor(kPage);
    }
    static void pressThere(const QString &button)
    {
        ASSERT_NO_FATAL_FAILURE(waitUntilRead());
        click(in(kPage, button));
    }
};

TEST_F(BundlePageTest, AnyVolumeShowsWhatTheWholeBundleHolds)
{
    ASSERT_NO_FATAL_FAILURE(drop({makeVolumes(), path(u"images.tar.001"_s)}));
    ASSERT_NO_FATAL_FAILURE(waitUntilRead());
    EXPECT_EQ(text(u"bundleName"_s), u"images.tar"_s);
    EXPECT_TRUE(text(u"bundleFiles"_s).contains(u"images.tar.001"_s)) << text(u"bundleFiles"_s).toStdString();
    EXPECT_TRUE(text(u"bundleTotals"_s).startsWith(u"2 image"_s)) << text(u"bundleTotals"_s).toStdString();
    EXPECT_EQ(text(u"bundleSignature"_s), u"The bundle is not signed"_s);
    EXPECT_TRUE(text(u"bundleNeeds"_s).startsWith(u"Nothing"_s));
    EXPECT_EQ(column(images(), PoolModel::Name), (QStringList{u"calico/cni"_s, u"library/redis"_s}));
    EXPECT_EQ(column(images(), PoolModel::Name, images().index(0, 0)), QStringList{u"v1"_s});
    EXPECT_FALSE(images().index(0, 0).data(Qt::CheckStateRole).isValid()) << "nothing can be ticked";
    EXPECT_FALSE(m_workspace.pool()) << "nothing is opened or taken in";
    ASSERT_NO_FATAL_FAILURE(click(in(kPage, u"copyBundleIdButton"_s)));
    QFile index(path(u"images.index.json"_s));
    ASSERT_TRUE(index.open(QIODevice::ReadOnly));
    const QByteArray id = QGuiApplication::clipboard()->text().toLatin1();
    EXPECT_TRUE(id.startsWith("sha256:") && index.readAll().contains(id)) << id.constData();
    EXPECT_TRUE(id.contains(text(u"bundleId"_s).toLatin1()));
}

TEST_F(BundlePageTest, ItsImagesAreFilteredByLetters)
{
    ASSERT_NO_FATAL_FAILURE(drop({makeVolumes()}));
    ASSERT_NO_FATAL_FAILURE(waitUntilRead());
    const QAbstractItemModelTester tester(&images(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    ASSERT_NO_FATAL_FAILURE(typeInto(in(kPage, u"bundleFilter"_s), u"redis"_s));
    EXPECT_TRUE(soon([] { return images().rowCount() == 1; }));
    ASSERT_NO_FATAL_FAILURE(typeInto(in(kPage, u"bundleFilter"_s), u"nothing"_s));
    EXPECT_TRUE(soon([] { return isShownThere(u"bundleClearButton"_s); }));
    ASSERT_NO_FATAL_FAILURE(click(in(kPage, u"bundleClearButton"_s)));
    EXPECT_TRUE(soon([] { return images().rowCount() == 2; }));
}

TEST_F(BundlePageTest, WhatIsClosedStaysClosedUnderAFilter)
{
    ASSERT_NO_FATAL_FAILURE(drop({makeVolumes()}));
    ASSERT_NO_FATAL_FAILURE(waitUntilRead());
    auto *tree = in<QTreeView>(kPage, u"bundleTree"_s);
    const auto isOpen = [&](int row) { return tree->isExpanded(images().index(row, 0)); };
    EXPECT_TRUE(isOpen(0) && isOpen(1));
    tree->collapse(images().index(1, 0));
    ASSERT_NO_FATAL_FAILURE(typeInto(in(kPage, u"bundleFilter"_s), u"redis"_s));
    ASSERT_TRUE(soon([] { return images().rowCount() == 1; }));
    EXPECT_FALSE(isOpen(0));
    ASSERT_NO_FATAL_FAILURE(typeInto(in(kPage, u"bundleFilter"_s), u"i"_s));
    ASSERT_TRUE(soon([] { return images().rowCount() == 2; }));
    EXPECT_TRUE(isOpen(0));
    EXPECT_FALSE(isOpen(1));
}

TEST_F(BundlePageTest, AMissingVolumeIsNamedAndWaitedFor)
{
    makeVolumes();
    ASSERT_TRUE(QFile::rename(path(u"images.tar.002"_s), path(u"away"_s)));
    ASSERT_NO_FATAL_FAILURE(drop({path(u"images.tar.001"_s)}));
    ASSERT_TRUE(soon([] { return isShownThere(u"bundleProblem"_s); }));
    EXPECT_TRUE(text(u"bundleProblem"_s).contains(u"images.tar.002"_s))
        << text(u"bundleProblem"_s).toStdString();
    EXPECT_TRUE(text(u"bundleWaiting"_s).startsWith(u"Insert the disc with images.tar.002"_s))
        << text(u"bundleWaiting"_s).toStdString();
    EXPECT_FALSE(isShownThere(u"bundleImportButton"_s));
    const auto *again = in(kPage, u"bundleAgainButton"_s);
    ASSERT_NO_FATAL_FAILURE(click(in(kPage, u"bundleAgainButton"_s)));
    EXPECT_TRUE(soon([] { return isShownThere(u"bundleWaiting"_s); }));
    EXPECT_TRUE(again->hasFocus()) << "and not Close, which the next Space would press";
    ASSERT_TRUE(QFile::rename(path(u"away"_s), path(u"images.tar.002"_s)));
    ASSERT_NO_FATAL_FAILURE(waitUntilRead());
    EXPECT_FALSE(isShownThere(u"bundleAgainButton"_s));
}

// The bundle's own end alone tells that there is another one.
TEST_F(BundlePageTest, TheLastVolumeIsNamedAndReadByHand)
{
    makeVolumes();
    const QStringList volumes = QDir(path({})).entryList({u"images.tar.0*"_s});
    const QString last = volumes.last();
    ASSERT_TRUE(QFile::rename(path(last), path(u"away"_s)));
    ASSERT_NO_FATAL_FAILURE(drop({path(u"images.tar.001"_s)}));
    ASSERT_TRUE(soon([] { return isShownThere(u"bundleProblem"_s); }));
    EXPECT_TRUE(text(u"bundleWaiting"_s).contains(last)) << text(u"bundleWaiting"_s).toStdString();
    ASSERT_TRUE(QFile::rename(path(u"away"_s), path(last)));
    ASSERT_NO_FATAL_FAILURE(click(in(kPage, u"bundleAgainButton"_s)));
    ASSERT_NO_FATAL_FAILURE(waitUntilRead());
}

TEST_F(BundlePageTest, ABundleThatIsOpenedAgainComesToTheFront)
{
    const QString volume = makeVolumes();
    ASSERT_NO_FATAL_FAILURE(drop({volume}));
    ASSERT_NO_FATAL_FAILURE(waitUntilRead());
    const QDialog *page = shown(kPage);
    ASSERT_NO_FATAL_FAILURE(bringToFront(&m_window));
    m_dialogs.files = {path(u"images.tar.001"_s)};
    ASSERT_NO_FATAL_FAILURE(chooseInMenu(m_window, u"openBundle"_s));
    ASSERT_NO_FATAL_FAILURE(waitForFront(page));
    EXPECT_EQ(countOf(kPage), 1);
}

// Its files, and what is trusted: a signature may be another thing by then.
TEST_F(BundlePageTest, WhatChangesIsReadAgain)
{
    ASSERT_NO_FATAL_FAILURE(drop({makeVolumes()}));
    ASSERT_NO_FATAL_FAILURE(waitUntilRead());
    EXPECT_FALSE(isShownThere(u"bundleChanged"_s));
    ASSERT_TRUE(isOk(TrustedKeys().add(SecretKey::generate().publicKey())));
    EXPECT_TRUE(soon([] { return isShownThere(u"bundleChanged"_s); }));
    ASSERT_TRUE(isOk(TrustedKeys().setPolicy(SignaturePolicy::Require)));
    press(Qt::Key_F5);
    EXPECT_TRUE(soon([] { return isShownThere(u"bundleProblem"_s); })) << "nobody signed it";
    EXPECT_FALSE(isShownThere(u"bundleId"_s)) << "of what is refused nothing is claimed";
}

TEST_F(BundlePageTest, AskedForTwiceItsImportHasOnePlan)
{
    const QString volume = makeVolumes();
    ASSERT_NO_FATAL_FAILURE(openPoolAndList({u"nginx:1"_s}, "nginx:1\n"));
    ASSERT_NO_FATAL_FAILURE(drop({volume}));
    ASSERT_NO_FATAL_FAILURE(pressThere(u"bundleImportButton"_s));
    ASSERT_NO_FATAL_FAILURE(waitFor(u"planDialog"_s));
    ASSERT_NO_FATAL_FAILURE(bringToFront(shown(kPage)));
    ASSERT_NO_FATAL_FAILURE(pressThere(u"bundleImportButton"_s));
    ASSERT_NO_FATAL_FAILURE(waitForFront(shown(u"planDialog"_s)));
    EXPECT_EQ(countOf(u"planDialog"_s), 1);
}

// A packed one was unpacked for its page: that is what the window shows.
TEST_F(BundlePageTest, WhatThePageHasReadIsNotReadAgain)
{
    ASSERT_NO_FATAL_FAILURE(drop({makeVolumes()}));
    ASSERT_NO_FATAL_FAILURE(waitUntilRead());
    const auto read = qobject_cast<BundleDialog *>(shown(kPage))->facts()->index;
    ASSERT_NO_FATAL_FAILURE(pressThere(u"bundleLookButton"_s));
    EXPECT_EQ(m_workspace.pool(), read);
    EXPECT_TRUE(m_workspace.poolIsReadOnly());
    EXPECT_FALSE(shown(kPage)) << "the window shows what is in it";
    EXPECT_EQ(m_settings.value(settings::lastPool), QString()) << "the next start opens no bundle";
}

TEST_F(BundlePageTest, WhatIsNoBundleIsSaidInThreeParts)
{
    ASSERT_NO_FATAL_FAILURE(drop({writeList(u"none.tar"_s, "this is no tar")}));
    ASSERT_TRUE(soon([] { return isShownThere(u"bundleProblem"_s); }));
    const QString problem = text(u"bundleProblem"_s);
    EXPECT_TRUE(problem.contains(u"none.tar"_s) && problem.endsWith(u'.')) << problem.toStdString();
    EXPECT_FALSE(isShownThere(u"bundlePushButton"_s));
}

// The list that is open is not what is meant.
TEST_F(BundlePageTest, ItIsPushedFromWhereItLies)
{
    const QString volume = makeVolumes();
    ASSERT_NO_FATAL_FAILURE(dropFiles(&m_window, {writeList(u"a.txt"_s, "team/other:1\n")}));
    ASSERT_TRUE(soon([this] { return m_workspace.list() != nullptr; }));
    const StockRegistry far(folder(u"far"_s));
    ASSERT_TRUE(far.isUp()) << far.log().constData();
    m_dialogs.files = {volume};
    ASSERT_NO_FATAL_FAILURE(chooseInMenu(m_window, u"openBundle"_s));
    ASSERT_NO_FATAL_FAILURE(waitFor(kPage));
    ASSERT_NO_FATAL_FAILURE(pressThere(u"bundlePushButton"_s));
    ASSERT_NO_FATAL_FAILURE(waitFor(u"planDialog"_s));
    EXPECT_EQ(textIn(u"planDialog"_s, u"onlySubject"_s), u"The bundle images.tar (2 image(s))"_s);
    ASSERT_NO_FATAL_FAILURE(typeInto(inPlan(u"targetEdit"_s), far.host() + u"/mirror"_s));
    ASSERT_NO_FATAL_FAILURE(start());
    EXPECT_EQ(far.get(u"/v2/mirror/calico/cni/manifests/v1"_s).status, 200);
    EXPECT_EQ(far.get(u"/v2/mirror/library/redis/manifests/5"_s).status, 200);
    EXPECT_FALSE(QFileInfo::exists(path(u"docker"_s))) << "nothing is unpacked";
    EXPECT_FALSE(m_workspace.pool()) << "nor opened";
}

TEST_F(BundlePageTest, WhatFailedOfItIsPushedAgainWhileAnotherPoolIsOpen)
{
    FakeRegistry far;
    far.acceptPushes();
    far.on("PUT", "/v2/library/redis/manifests/*")
        .reply(FakeReply::error(403, "DENIED", "not today"))
        .thenAsUsual();
    const QString volume = makeVolumes();
    ASSERT_NO_FATAL_FAILURE(openPoolAndList({u"nginx:1"_s}, "nginx:1\n"));
    ASSERT_NO_FATAL_FAILURE(drop({volume}));
    ASSERT_NO_FATAL_FAILURE(pressThere(u"bundlePushButton"_s));
    ASSERT_NO_FATAL_FAILURE(waitFor(u"planDialog"_s));
    ASSERT_NO_FATAL_FAILURE(typeInto(inPlan(u"targetEdit"_s), far.host()));
    ASSERT_NO_FATAL_FAILURE(start());
    EXPECT_EQ(m_workspace.pool()->path(), path(u"pool"_s));
    shown(kPage)->close();
    ASSERT_NO_FATAL_FAILURE(bringToFront(&m_window));
    const auto *tasks = m_window.findChild<QTreeView *>(u"taskTree"_s);
    const QWidget *buttons =
        tasks->indexWidget(tasks->model()->index(0, 0).siblingAtColumn(TaskModel::Buttons));
    ASSERT_TRUE(buttons);
    auto *retry = buttons->findChild<QToolButton *>(u"taskRetryButton"_s);
    ASSERT_TRUE(soon([&] { return retry->isVisible(); }));
    ASSERT_NO_FATAL_FAILURE(click(retry));
    ASSERT_NO_FATAL_FAILURE(waitFor(u"planDialog"_s));
    ASSERT_NO_FATAL_FAILURE(start());
    EXPECT_EQ(far.count("PUT", "/v2/library/redis/manifests/5"), 2);
    EXPECT_EQ(far.count("PUT", "/v2/calico/cni/manifests/v1"), 1) << "what was there is not sent again";
}

TEST_F(BundlePageTest, EveryByteOfItIsChecked)
{
    ASSERT_NO_FATAL_FAILURE(drop({makeVolumes()}));
    ASSERT_NO_FATAL_FAILURE(pressThere(u"bundleCheckButton"_s));
    ASSERT_NO_FATAL_FAILURE(waitFor(u"planDialog"_s));
    ASSERT_NO_FATAL_FAILURE(start());
    const auto *tasks = qobject_cast<TaskModel *>(m_window.findChild<QTreeView *>(u"taskTree"_s)->model());
    const TaskResult *result = tasks->resultOf(tasks->index(0, 0));
    ASSERT_TRUE(result);
    EXPECT_TRUE(result->isClean());
}

} // namespace
} // namespace layerpool::test
