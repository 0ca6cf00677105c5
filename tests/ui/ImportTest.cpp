// SPDX-License-Identifier: Apache-2.0
#include "WindowTest.h"

#include "Drop.h"
#include "models/TaskModel.h"
#include "task/TarPlan.h"

#include <QPushButton>

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
};

TEST_F(ImportTest, TheFirstPageOpensABundleIntoANewPool)
{
    m_dialogs.files = {makeBundle()};
    m_dialogs.folder = folder(u"here"_s);
    ASSERT_NO_FATAL_FAILURE(click(m_window.findChild<QWidget *>(u"welcomeOpenBundleButton"_s)));
    ASSERT_NO_FATAL_FAILURE(waitFor(u"planDialog"_s));
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
    ASSERT_NO_FATAL_FAILURE(waitFor(u"planDialog"_s));
    ASSERT_NO_FATAL_FAILURE(start());
    EXPECT_TRUE(soon([this] { return m_workspace.pool()->totals().images == 2; }));
}

TEST_F(ImportTest, WhatIsNoBundleIsSaidInThePlan)
{
    const QString bundle = writeList(u"none.tar"_s, "this is no tar");
    ASSERT_NO_FATAL_FAILURE(openPoolAndList({u"calico/cni:v1"_s}, "calico/cni:v1\n"));
    ASSERT_NO_FATAL_FAILURE(dropFiles(&m_window, {bundle}));
    ASSERT_NO_FATAL_FAILURE(waitFor(u"planDialog"_s));
    EXPECT_TRUE(soon([] { return textIn(u"planDialog"_s, u"planMessage"_s).contains(u"none.tar"_s); }));
    EXPECT_FALSE(canStart());
}

} // namespace
} // namespace layerpool::test
