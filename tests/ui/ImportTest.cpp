// SPDX-License-Identifier: Apache-2.0
#include "Menus.h"
#include "WindowTest.h"

#include "Drop.h"
#include "bundle/Inventory.h"
#include "bundle/SelectionContent.h"
#include "dialogs/PathEdit.h"
#include "sign/TrustedKeys.h"
#include "support/ServerProcess.h"
#include "task/TarPlan.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTabBar>
#include <QTabWidget>
#include <QTreeView>

#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

// What came over in a file.
class ImportTest : public WindowTest
{
protected:
    /// A bundle of a pool with two images.
    QString makeBundle()
    {
        const auto index = indexOf(makePool(u"there"_s, {u"calico/cni:v1"_s, u"library/redis:5"_s}));
        Result<TarPlan> plan =
            planTar(index, Selection::ofAll(*index), {.name = u"all"_s, .target = path(u"images.tar"_s)});
        EXPECT_TRUE(plan);
        TaskProgress progress;
        EXPECT_TRUE(TarTask(*std::move(plan)).run({{}, progress}).isClean());
        return path(u"images.tar"_s);
    }
    static QByteArray contentOfFile(const QString &name)
    {
        QFile file(name);
        EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << name.toStdString();
        return file.readAll();
    }
    /// As `skopeo copy … dir:` leaves an image.
    QString makeSkopeoDir()
    {
        SampleRegistry pool(path(u"source"_s));
        const Sample image = pool.add(u"some/where"_s, u"v1"_s);
        const QDir made(folder(u"dir"_s));
        writeFile(made.filePath(u"version"_s), "Directory Transport Version: 1.1\n");
        writeFile(made.filePath(u"manifest.json"_s), image.bytes);
        std::vector<Digest> blobs = image.amd64().layers;
        blobs.push_back(image.amd64().config);
        for (const Digest &blob : blobs) {
            QFile::copy(pool.blobPath(blob), made.filePath(QString::fromLatin1(blob.hex())));
        }
        return made.path();
    }
};

TEST_F(ImportTest, TheFirstPageOpensABundleIntoANewPool)
{
    m_dialogs.files = {makeBundle()};
    m_dialogs.folder = folder(u"here"_s);
    ASSERT_NO_FATAL_FAILURE(click(m_window.findChild<QWidget *>(u"welcomeOpenBundleButton"_s)));
    ASSERT_NO_FATAL_FAILURE(importFromPage());
    ASSERT_TRUE(soon([] { return canStart(); }));
    EXPECT_EQ(inPlan<QPushButton>(u"planStartButton"_s)->text(), u"Import 2 image(s)"_s);
    ASSERT_NO_FATAL_FAILURE(start());
    ASSERT_TRUE(soon([this] { return m_workspace.pool() && m_workspace.pool()->totals().images == 2; }));
    EXPECT_EQ(m_workspace.pool()->path(), path(u"here"_s));
}

TEST_F(ImportTest, ABundleThatIsDroppedGoesIntoTheOpenPool)
{
    const QString bundle = makeBundle();
    EXPECT_EQ(Drop::of(QStringList{bundle}).bundle, bundle);
    ASSERT_NO_FATAL_FAILURE(openPoolAndList({u"calico/cni:v1"_s}, "calico/cni:v1\n"));
    ASSERT_NO_FATAL_FAILURE(dropFiles(&m_window, {bundle}));
    ASSERT_NO_FATAL_FAILURE(importFromPage());
    ASSERT_NO_FATAL_FAILURE(start());
    EXPECT_TRUE(soon([this] { return m_workspace.pool()->totals().images == 2; }));
}

// Before anything is taken in, and without a pool.
TEST_F(ImportTest, ABundleIsLookedIntoWhereItLies)
{
    m_dialogs.files = {makeBundle()};
    ASSERT_NO_FATAL_FAILURE(chooseInMenu(m_window, u"openBundle"_s));
    ASSERT_NO_FATAL_FAILURE(waitFor(u"bundleDialog"_s));
    const auto *look = in(u"bundleDialog"_s, u"bundleLookButton"_s);
    ASSERT_TRUE(soon([&] { return look->isVisible(); }));
    ASSERT_NO_FATAL_FAILURE(click(in(u"bundleDialog"_s, u"bundleLookButton"_s)));
    ASSERT_NO_FATAL_FAILURE(waitForWholePool(2));
    EXPECT_EQ(m_workspace.pool()->path(), path(u"images.tar"_s));
    const auto action = [this](const QString &name) {
        return m_window.findChild<QAction *>(name + u"Action"_s);
    };
    for (const QString &works : {u"push"_s, u"tar"_s, u"verify"_s}) {
        EXPECT_TRUE(action(works)->isEnabled()) << works.toStdString();
    }
    for (const QString &needsFolder : {u"serve"_s, u"select"_s, u"export"_s}) {
        EXPECT_FALSE(action(needsFolder)->isEnabled()) << needsFolder.toStdString();
        EXPECT_TRUE(action(needsFolder)->toolTip().contains(u"import"_s)) << needsFolder.toStdString();
    }
    const auto *tree = m_window.findChild<QTreeView *>(u"poolTree"_s);
    EXPECT_EQ(column(*tree->model(), 0), (QStringList{u"calico/cni"_s, u"library/redis"_s}));
    EXPECT_FALSE(QFileInfo::exists(path(u"docker"_s))) << "nothing is unpacked";
    const QString badge = m_window.findChild<QLabel *>(u"poolReadOnly"_s)->toolTip();
    EXPECT_TRUE(badge.startsWith(u"The bundle is not signed. "_s)) << badge.toStdString();
    EXPECT_EQ(m_window.findChild<QLabel *>(u"messageText"_s)->text(), badge);
    m_dialogs.newFile = path(u"of-bundle.json"_s);
    ASSERT_NO_FATAL_FAILURE(chooseInMenu(m_window, u"writeInventory"_s));
    EXPECT_EQ(QFileInfo(m_dialogs.proposed).fileName(), u"images.inventory.json"_s);
    ASSERT_TRUE(soon([this] { return QFileInfo::exists(m_dialogs.newFile); }));
    EXPECT_EQ(contentOfFile(m_dialogs.newFile), contentOfFile(path(u"images.index.json"_s)));
}

// The policy is kept for both programs.
TEST_F(ImportTest, ABundleThatNobodySignedIsNotShownWhereASignatureIsRequired)
{
    ASSERT_TRUE(isOk(TrustedKeys().setPolicy(SignaturePolicy::Require)));
    m_workspace.openPool(makeBundle());
    const auto *said = m_window.findChild<QLabel *>(u"messageText"_s);
    EXPECT_TRUE(soon([said] { return said->text().contains(u"no key is trusted"_s); }))
        << said->text().toStdString();
    EXPECT_FALSE(m_workspace.pool());
}

// What somebody trusts changes beside an open plan.
TEST_F(ImportTest, APlanFollowsThePolicyOnSignaturesAndLeadsToIt)
{
    m_dialogs.files = {makeBundle()};
    m_dialogs.folder = folder(u"here"_s);
    ASSERT_NO_FATAL_FAILURE(click(m_window.findChild<QWidget *>(u"welcomeOpenBundleButton"_s)));
    ASSERT_NO_FATAL_FAILURE(importFromPage());
    ASSERT_TRUE(soon([] { return canStart(); }));
    m_window.findChild<QAction *>(u"settingsAction"_s)->trigger();
    ASSERT_NO_FATAL_FAILURE(waitFor(u"settingsDialog"_s));
    const auto setting = [](const QString &name) { return in(u"settingsDialog"_s, name); };
    auto *bar = in<QTabWidget>(u"settingsDialog"_s, u"settingsPages"_s)->tabBar();
    ASSERT_NO_FATAL_FAILURE(click(bar, bar->tabRect(bar->count() - 1).center()));
    ASSERT_TRUE(soon([&] { return setting(u"signaturePolicyCombo"_s)->isEnabled(); }));
    ASSERT_NO_FATAL_FAILURE(tabTo(setting(u"signaturePolicyCombo"_s)));
    press(Qt::Key_Down);
    ASSERT_TRUE(soon([] { return inPlan(u"planSettingsButton"_s)->isVisible(); }));
    EXPECT_FALSE(canStart());
    EXPECT_EQ(inPlan(u"planSettingsButton"_s)->accessibleName(), u"Settings of signatures"_s);
    ASSERT_NO_FATAL_FAILURE(click(bar, bar->tabRect(0).center()));
    ASSERT_NO_FATAL_FAILURE(bringToFront(shown(u"planDialog"_s)));
    ASSERT_NO_FATAL_FAILURE(click(inPlan(u"planSettingsButton"_s)));
    ASSERT_NO_FATAL_FAILURE(waitFor(u"settingsDialog"_s));
    ASSERT_TRUE(setting(u"signaturePolicyCombo"_s)->isVisible());
    ASSERT_NO_FATAL_FAILURE(tabTo(setting(u"signaturePolicyCombo"_s)));
    press(Qt::Key_Up);
    EXPECT_TRUE(soon([] { return canStart(); }));
}

// Of the plan to the files: volumes, of what the far side lacks by two lists of what it has.
TEST_F(ImportTest, TarMakesVolumesOfWhatTheFarSideLacks)
{
    m_dialogs.files = {makeBundle().replace(u".tar"_s, u".index.json"_s), path(u"more.json"_s)};
    const auto more = indexOf(makePool(u"more"_s, {u"team/base:1"_s}));
    ASSERT_TRUE(writeInventory(path(u"more.json"_s), contentOf(Selection::ofAll(*more)), false));
    ASSERT_NO_FATAL_FAILURE(
        openPoolAndList({u"calico/cni:v1"_s, u"library/redis:5"_s, u"team/app:v2"_s}, "team/app:v2\n"));
    ASSERT_NO_FATAL_FAILURE(chooseInMenu(m_window, u"tar"_s));
    ASSERT_NO_FATAL_FAILURE(waitFor(u"planDialog"_s));
    inPlan<QLineEdit>(u"targetEdit"_s)->setText(path(u"next.tar"_s));
    inPlan<QComboBox>(u"volumesCombo"_s)->setEditText(u"64Ki"_s);
    auto *base = inPlan<PathEdit>(u"tarBase"_s);
    ASSERT_NO_FATAL_FAILURE(click(base->findChild<QWidget *>(u"browseButton"_s)));
    EXPECT_EQ(base->edit()->text(), m_dialogs.files.join(u"; "_s));
    EXPECT_EQ(base->paths(), m_dialogs.files);
    const QStringList both = std::exchange(m_dialogs.files, {path(u"more.json"_s)});
    ASSERT_NO_FATAL_FAILURE(click(base->findChild<QWidget *>(u"browseButton"_s)));
    EXPECT_EQ(base->paths(), both) << "what is chosen is added, and nothing stands there twice";
    EXPECT_EQ(base->edit()->objectName(), u"tarBaseEdit"_s);
    ASSERT_TRUE(soon([] { return canStart(); }));
    ASSERT_NO_FATAL_FAILURE(start());
    ASSERT_TRUE(soon([this] { return QFileInfo::exists(path(u"next.sha256"_s)); }));
    EXPECT_TRUE(QFileInfo::exists(path(u"next.tar.001"_s)));
    EXPECT_TRUE(QFileInfo::exists(path(u"next.report.html"_s)));
    const QJsonDocument index = QJsonDocument::fromJson(contentOfFile(path(u"next.index.json"_s)));
    EXPECT_EQ(index[u"base"_s].toArray().size(), 2);
}

// What is looked into is no pool that could take it in.
TEST_F(ImportTest, ABundleThatIsInFrontGoesIntoAPoolThatIsAskedFor)
{
    const QString bundle = makeBundle();
    m_workspace.openPool(bundle);
    ASSERT_NO_FATAL_FAILURE(waitForWholePool(2));
    m_dialogs.folder = folder(u"here"_s);
    ASSERT_NO_FATAL_FAILURE(dropFiles(&m_window, {bundle}));
    ASSERT_NO_FATAL_FAILURE(importFromPage());
    ASSERT_NO_FATAL_FAILURE(start());
    EXPECT_EQ(m_workspace.pool()->path(), path(u"here"_s));
    EXPECT_TRUE(soon([this] { return m_workspace.pool()->totals().images == 2; }));
}

// A folder of skopeo's does not say how its image is called.
TEST_F(ImportTest, WhatNothingNamesIsNamedInThePlan)
{
    const QString source = makeSkopeoDir();
    ASSERT_NO_FATAL_FAILURE(openPoolAndList({u"calico/cni:v1"_s}, "calico/cni:v1\n"));
    ASSERT_NO_FATAL_FAILURE(dropFiles(&m_window, {source}));
    ASSERT_NO_FATAL_FAILURE(waitFor(u"planDialog"_s));
    ASSERT_TRUE(soon([] { return textIn(u"planDialog"_s, u"planMessage"_s).contains(u"“Name”"_s); }))
        << textIn(u"planDialog"_s, u"planMessage"_s).toStdString();
    EXPECT_FALSE(canStart());
    ASSERT_NO_FATAL_FAILURE(typeInto(inPlan(u"importName"_s), u"team/app:v*"_s));
    EXPECT_TRUE(soon([] { return textIn(u"planDialog"_s, u"planMessage"_s).contains(u"pattern"_s); }));
    ASSERT_NO_FATAL_FAILURE(typeInto(inPlan(u"importName"_s), u"team/app:v1"_s));
    ASSERT_NO_FATAL_FAILURE(start());
    ASSERT_TRUE(soon([this] { return m_workspace.pool()->totals().images == 2; }));
    EXPECT_TRUE(m_workspace.pool()->tag(*RepositoryName::parse(u"team/app"_s), u"v1"_s));
}

TEST_F(ImportTest, ANameMayHaveASemicolon)
{
    PathEdit edit(PathEdit::Mode::Files, m_dialogs, {});
    const QStringList names{u"/x/a;b.json"_s, u"/x/\"c\".json"_s, u"/x/d.json"_s};
    edit.setPaths(names);
    EXPECT_EQ(edit.paths(), names);
    edit.setPath(u"/x/a.json;/x/b.json ; "_s);
    EXPECT_EQ(edit.paths(), (QStringList{u"/x/a.json"_s, u"/x/b.json"_s}));
}

// A folder can't be chosen where a bundle is opened.
TEST_F(ImportTest, AFolderIsImportedByKeys)
{
    const QString source = makePool(u"there"_s, {u"calico/cni:v1"_s, u"library/redis:5"_s});
    m_dialogs.folder = folder(u"here"_s); // no pool is open yet
    press(Qt::Key_I, Qt::ControlModifier);
    ASSERT_NO_FATAL_FAILURE(waitFor(u"planDialog"_s));
    EXPECT_EQ(m_workspace.pool()->path(), path(u"here"_s));
    auto *field = inPlan<QLineEdit>(u"targetEdit"_s);
    EXPECT_TRUE(soon([&] { return field->hasFocus(); }));
    EXPECT_TRUE(field->text().isEmpty());
    EXPECT_FALSE(canStart());
    QGuiApplication::clipboard()->setText(source);
    press(Qt::Key_V, Qt::ControlModifier);
    ASSERT_TRUE(soon([] { return canStart(); })) << textIn(u"planDialog"_s, u"planMessage"_s).toStdString();
    press(Qt::Key_Return);
    EXPECT_TRUE(soon([this] { return m_workspace.pool()->totals().images == 2; }));
}

// Its pool is asked for then.
TEST_F(ImportTest, WhatWaitsForAPoolThatFailsIsNotLost)
{
    folder(u"photos/2024"_s);
    m_dialogs.folder = folder(u"here"_s);
    m_window.open(path(u"photos"_s), {makeSkopeoDir()});
    ASSERT_NO_FATAL_FAILURE(waitFor(u"planDialog"_s));
    EXPECT_EQ(m_workspace.pool()->path(), path(u"here"_s));
}

TEST_F(ImportTest, TheSourceIsDroppedOnItsField)
{
    ASSERT_NO_FATAL_FAILURE(openPoolAndList({u"calico/cni:v1"_s}, "calico/cni:v1\n"));
    const QString source = makeSkopeoDir();
    ASSERT_NO_FATAL_FAILURE(dropFiles(&m_window, {source}));
    ASSERT_NO_FATAL_FAILURE(waitFor(u"planDialog"_s));
    auto *field = inPlan<QLineEdit>(u"targetEdit"_s);
    EXPECT_EQ(field->text(), source);
    QMimeData mime;
    mime.setUrls({QUrl::fromLocalFile(makeBundle())});
    QDragEnterEvent enter(field->rect().center(), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(field, &enter);
    ASSERT_TRUE(enter.isAccepted());
    QDropEvent drop(field->rect().center(), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(field, &drop);
    EXPECT_EQ(field->text(), path(u"images.tar"_s));
    EXPECT_TRUE(soon([] { return canStart(); }));
}

} // namespace
} // namespace layerpool::test
