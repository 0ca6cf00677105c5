// SPDX-License-Identifier: Apache-2.0
#include "Menus.h"
#include "WindowTest.h"
#include "models/ListModel.h"
#include "views/list/ListTable.h"

// What an operator does to a list's lines with the mouse; the keys are for the lines' texts alone.

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

class ListMouseTest : public WindowTest
{
protected:
    void SetUp() override
    {
        WindowTest::SetUp();
        ASSERT_NO_FATAL_FAILURE(dropFiles(&m_window, {writeList(u"a.txt"_s, "redis:5 # cache\nnginx:1\n")}));
        ASSERT_TRUE(soon([this] { return images().size() == 2; }));
    }

    ListTable *table() const { return m_window.findChild<ListTable *>(u"listTable"_s); }
    QStringList images() const { return column(*table()->model(), ListModel::Image); }
    QByteArray bytes() const { return m_workspace.list()->text().toBytes(); }
    QPoint placeOf(int row) const
    {
        return table()->visualRect(table()->model()->index(row, ListModel::Image)).center();
    }
    /// Into the editor, which has to have the focus, in place of what is there.
    void typeLine(const QString &text)
    {
        ASSERT_TRUE(soon([this] {
            const auto *editor = m_window.findChild<QWidget *>(u"listLineEdit"_s);
            return editor && editor->hasFocus();
        }));
        press(Qt::Key_A, Qt::ControlModifier);
        type(text);
        press(Qt::Key_Return);
    }
};

TEST_F(ListMouseTest, ADoubleClickOpensTheEditorOfALine)
{
    ASSERT_NO_FATAL_FAILURE(doubleClick(table()->viewport(), placeOf(1)));
    ASSERT_NO_FATAL_FAILURE(typeLine(u"nginx:2"_s));
    EXPECT_EQ(bytes(), "redis:5 # cache\nnginx:2\n");
    ASSERT_NO_FATAL_FAILURE(doubleClick(table()->viewport(), placeOf(0)));
    press(Qt::Key_Escape);
    EXPECT_EQ(bytes(), "redis:5 # cache\nnginx:2\n") << "nothing was meant";
}

TEST_F(ListMouseTest, TheMenuAddsALineBelowTheOneThatIsChosenAndRemovesIt)
{
    ASSERT_NO_FATAL_FAILURE(click(table()->viewport(), placeOf(0)));
    ASSERT_NO_FATAL_FAILURE(chooseInMenu(m_window, u"addLine"_s));
    ASSERT_NO_FATAL_FAILURE(typeLine(u"etcd:3"_s));
    EXPECT_EQ(bytes(), "redis:5 # cache\netcd:3\nnginx:1\n");
    ASSERT_NO_FATAL_FAILURE(click(table()->viewport(), placeOf(0)));
    ASSERT_NO_FATAL_FAILURE(chooseInMenu(m_window, u"removeLines"_s));
    EXPECT_EQ(bytes(), "etcd:3\nnginx:1\n");
}

TEST_F(ListMouseTest, ALinesOwnMenuRemovesIt)
{
    ASSERT_NO_FATAL_FAILURE(click(table()->viewport(), placeOf(1)));
    openContextMenu(table()->viewport(), placeOf(1), [this](QMenu *menu) {
        clickEntry(menu, m_window.findChild<QAction *>(u"removeLinesAction"_s));
    });
    EXPECT_EQ(bytes(), "redis:5 # cache\n");
}

} // namespace
} // namespace layerpool::test
