// SPDX-License-Identifier: Apache-2.0
#include "Menus.h"
#include "WindowTest.h"

#include <QComboBox>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLineEdit>
#include <QPushButton>

#include <sys/stat.h>

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

// Images for other tools. That these take them is what tests/interop shows.
class ExportFormTest : public WindowTest
{
protected:
    void openPool()
    {
        m_window.open(makePool(u"pool"_s, {u"calico/cni:v1"_s, u"library/redis:5"_s}), {});
        waitForWholePool(2);
    }
    /// Types the target, and chooses one of the layouts by its key.
    static void choose(const QString &target, Qt::Key layout)
    {
        ASSERT_NO_FATAL_FAILURE(typeInto(inPlan(u"targetEdit"_s), target));
        ASSERT_NO_FATAL_FAILURE(tabTo(inPlan(u"exportLayoutCombo"_s)));
        press(layout);
    }
    QStringList namesIn(const QString &layout) const
    {
        QFile file(layout + u"/index.json"_s);
        EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << file.fileName().toStdString();
        QStringList names;
        for (const QJsonValue image : QJsonDocument::fromJson(file.readAll())[u"manifests"_s].toArray()) {
            names << image[u"annotations"_s][u"org.opencontainers.image.ref.name"_s].toString();
        }
        names.sort();
        return names;
    }
    static bool isHardLink(const QString &path)
    {
        struct stat info
        {
        };
        return ::stat(QFile::encodeName(path).constData(), &info) == 0 && info.st_nlink > 1;
    }
};

TEST_F(ExportFormTest, LaysTheTickedImagesOutForSkopeo)
{
    ASSERT_NO_FATAL_FAILURE(openPool());
    auto *tree = m_window.findChild<QTreeView *>(u"poolTree"_s);
    ASSERT_NO_FATAL_FAILURE(clickBox(tree, tree->model()->index(0, 0)));
    ASSERT_NO_FATAL_FAILURE(chooseInMenu(m_window, u"export"_s));
    ASSERT_NO_FATAL_FAILURE(waitFor(u"planDialog"_s));
    EXPECT_FALSE(canStart()) << "nobody has said where to";
    ASSERT_NO_FATAL_FAILURE(choose(path(u"out"_s), Qt::Key_Home));
    EXPECT_TRUE(textIn(u"planDialog"_s, u"exportLayoutNote"_s).contains(u"NAME:TAG"_s));
    EXPECT_TRUE(inPlan(u"exportLayoutNote"_s)->isVisible());
    ASSERT_TRUE(soon([] { return canStart(); }));
    EXPECT_EQ(inPlan<QPushButton>(u"planStartButton"_s)->text(), u"Export 1 image(s)"_s);
    ASSERT_NO_FATAL_FAILURE(start());
    const QDir image(path(u"out/calico/cni:v1"_s));
    EXPECT_TRUE(image.exists(u"version"_s));
    EXPECT_TRUE(image.exists(u"manifest.json"_s));
    EXPECT_FALSE(QFileInfo::exists(path(u"out/library"_s)));
    const Sample sample = SampleRegistry(path(u"same"_s)).add(u"calico/cni"_s, u"v1"_s);
    EXPECT_TRUE(isHardLink(image.filePath(QString::fromLatin1(sample.amd64().layers.front().hex()))));
}

TEST_F(ExportFormTest, AnOciLayoutGrows)
{
    ASSERT_NO_FATAL_FAILURE(openPool());
    auto *tree = m_window.findChild<QTreeView *>(u"poolTree"_s);
    for (int row = 0; row < 2; ++row) {
        m_workspace.ticks().clear();
        ASSERT_NO_FATAL_FAILURE(clickBox(tree, tree->model()->index(row, 0)));
        press(Qt::Key_O, Qt::ControlModifier | Qt::ShiftModifier);
        ASSERT_NO_FATAL_FAILURE(waitFor(u"planDialog"_s));
        ASSERT_NO_FATAL_FAILURE(choose(path(u"layout"_s), Qt::Key_End));
        EXPECT_TRUE(textIn(u"planDialog"_s, u"exportLayoutNote"_s).contains(u"Docker"_s));
        ASSERT_NO_FATAL_FAILURE(start());
        ASSERT_NO_FATAL_FAILURE(bringToFront(&m_window));
    }
    EXPECT_EQ(namesIn(path(u"layout"_s)), QStringList({u"calico/cni:v1"_s, u"library/redis:5"_s}));
}

TEST_F(ExportFormTest, AFolderOfAnotherKindIsRefusedInThePlan)
{
    ASSERT_NO_FATAL_FAILURE(openPool());
    (void)writeList(u"mine.txt"_s, "not a layout"); // beside the pool, in the test's own folder
    press(Qt::Key_O, Qt::ControlModifier | Qt::ShiftModifier);
    ASSERT_NO_FATAL_FAILURE(waitFor(u"planDialog"_s));
    ASSERT_NO_FATAL_FAILURE(typeInto(inPlan(u"targetEdit"_s), path(QString())));
    EXPECT_TRUE(soon([] { return textIn(u"planDialog"_s, u"planMessage"_s).contains(u"something else"_s); }))
        << textIn(u"planDialog"_s, u"planMessage"_s).toStdString();
    EXPECT_FALSE(canStart());
}

} // namespace
} // namespace layerpool::test
