// SPDX-License-Identifier: Apache-2.0
#include "PlainToolTips.h"
#include "Theme.h"
#include "WindowTest.h"
#include "views/NoticeLine.h"

#include <QAccessible>
#include <QToolTip>

using namespace Qt::Literals::StringLiterals;

// What comes by itself: a screen reader says it, and nothing of it is taken for markup.

namespace layerpool::test {
namespace {

/// The notifications that came into sight, as a screen reader is told of them. Qt tells them where one may
/// listen alone: on a display (Spoken.OnADisplay among the tests).
class Spoken
{
public:
    Spoken()
    {
        s_said.clear();
        QAccessible::installUpdateHandler(note);
    }
    ~Spoken() { QAccessible::installUpdateHandler(nullptr); }
    Q_DISABLE_COPY_MOVE(Spoken)

    static bool canBeHeard()
    {
        if (!qEnvironmentVariableIsSet("QT_LINUX_ACCESSIBILITY_ALWAYS_ON")) {
            return false; // no bus was made for it
        }
        const bool isHeard = soon([] { return QAccessible::isActive(); });
        EXPECT_TRUE(isHeard);
        return isHeard;
    }
    static QStringList said() { return s_said; }

private:
    static void note(QAccessibleEvent *event)
    {
        const QAccessibleInterface *what =
            event->type() == QAccessible::ObjectShow ? event->accessibleInterface() : nullptr;
        if (what && what->role() == QAccessible::Notification) {
            s_said << what->text(QAccessible::Name);
        }
    }
    static inline QStringList s_said;
};

bool isNotification(QWidget *widget)
{
    const QAccessibleInterface *what = QAccessible::queryAccessibleInterface(widget);
    return what && what->role() == QAccessible::Notification;
}

TEST(SpokenLabelTest, IsANotificationThatIsNoMarkup)
{
    SpokenLabel label(u"label"_s, nullptr);
    label.say(u"<b>One</b>"_s);
    EXPECT_TRUE(isNotification(&label));
    EXPECT_EQ(QAccessible::queryAccessibleInterface(&label)->text(QAccessible::Name), u"<b>One</b>"_s);
    EXPECT_EQ(label.textFormat(), Qt::PlainText);
}

TEST(SpokenLabelTest, IsSaidWhenItComesAndWhenItIsAnother)
{
    if (!Spoken::canBeHeard()) {
        GTEST_SKIP() << "nobody listens";
    }
    const Spoken spoken;
    SpokenLabel label(u"label"_s, nullptr);
    label.say(u"One"_s);
    EXPECT_EQ(spoken.said(), QStringList()) << "nobody sees it yet";
    label.show();
    EXPECT_EQ(spoken.said(), QStringList(u"One"_s));
    label.say(u"One"_s);
    label.say(u"Two"_s);
    EXPECT_EQ(spoken.said(), QStringList({u"One"_s, u"Two"_s}));
}

class SpokenTest : public WindowTest
{
protected:
    void openPool()
    {
        m_window.open(makePool(u"pool"_s, {u"redis:6"_s}), {});
        ASSERT_NO_FATAL_FAILURE(waitForWholePool(1));
    }
    static void expectSaid(const QStringList &texts)
    {
        if (Spoken::canBeHeard()) {
            EXPECT_EQ(Spoken::said(), texts);
        }
    }

    Spoken m_spoken;
};

TEST_F(SpokenTest, AMessageIsSaid)
{
    auto *bar = m_window.findChild<QLabel *>(u"messageText"_s);
    m_window.open({}, {path(u"no-such-list.txt"_s)});
    ASSERT_TRUE(soon([&] { return bar->isVisible(); }));
    EXPECT_TRUE(isNotification(bar));
    expectSaid({bar->text()});
}

TEST_F(SpokenTest, APlanIsSaidWhenItIsReadyAndWhyThereIsNone)
{
    ASSERT_NO_FATAL_FAILURE(openPool());
    ASSERT_NO_FATAL_FAILURE(openPlan(u"select"_s));
    const QString obstacle = textIn(u"planDialog"_s, u"planMessage"_s);
    ASSERT_FALSE(obstacle.isEmpty());
    EXPECT_TRUE(isNotification(inPlan(u"planMessage"_s)));
    ASSERT_NO_FATAL_FAILURE(typeInto(inPlan(u"targetEdit"_s), path(u"small"_s)));
    ASSERT_TRUE(soon([] { return canStart(); }));
    EXPECT_TRUE(isNotification(inPlan(u"planSentence"_s)));
    EXPECT_TRUE(isNotification(inPlan(u"planBlocker"_s)));
    expectSaid({obstacle, textIn(u"planDialog"_s, u"planSentence"_s)});
}

TEST_F(SpokenTest, WhatTheRegistryDoesIsSaid)
{
    ASSERT_NO_FATAL_FAILURE(openPool());
    ASSERT_NO_FATAL_FAILURE(click(m_window.findChild<QWidget *>(u"serveButton"_s)));
    ASSERT_NO_FATAL_FAILURE(waitFor(u"serveDialog"_s));
    ASSERT_NO_FATAL_FAILURE(click(in(u"serveDialog"_s, u"serveStartButton"_s)));
    ASSERT_TRUE(soon([this] { return !m_workspace.server().address().isEmpty(); }));
    EXPECT_TRUE(isNotification(in(u"serveDialog"_s, u"serveState"_s)));
    expectSaid({u"Not serving"_s, u"Starting the registry…"_s, textIn(u"serveDialog"_s, u"serveState"_s)});
}

TEST(NoticeLineTest, ItsPictureFollowsTheTheme)
{
    NoticeLine line(u"line"_s, nullptr);
    line.show();
    const auto *icon = line.findChild<QLabel *>(QString(), Qt::FindDirectChildrenOnly);
    applyTheme(Theme::Light);
    line.say(u"warning"_s, u"Careful"_s);
    const QImage light = icon->pixmap().toImage();
    ASSERT_FALSE(light.isNull());
    applyTheme(Theme::Dark);
    EXPECT_TRUE(soon([&] { return icon->pixmap().toImage() != light; }));
    applyTheme(Theme::System);
}

TEST(PlainToolTipsTest, ATooltipIsNoMarkup)
{
    const auto tip = [] {
        for (QWidget *widget : QApplication::topLevelWidgets()) {
            if (widget->inherits("QTipLabel")) {
                return qobject_cast<QLabel *>(widget);
            }
        }
        return static_cast<QLabel *>(nullptr);
    };
    QToolTip::hideText();
    ASSERT_TRUE(soon([&] { return !tip(); })) << "of another test";
    const PlainToolTips plain(qApp);
    QWidget window;
    window.show();
    const QString text = u"<h1>large</h1><img src=\"/etc/logo.png\">"_s;
    QToolTip::showText(window.mapToGlobal(QPoint(1, 1)), text, &window);
    ASSERT_TRUE(tip());
    EXPECT_EQ(tip()->text(), text);
    EXPECT_EQ(tip()->textFormat(), Qt::PlainText);
    QToolTip::hideText();
}

} // namespace
} // namespace layerpool::test
