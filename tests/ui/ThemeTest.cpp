// SPDX-License-Identifier: Apache-2.0
#include "Theme.h"

#include "Icons.h"
#include "WindowTest.h"
#include "views/ThemeMenu.h"
#include "views/list/ListProblems.h"
#include "views/pool/SpaceMapPicture.h"

#include <QActionGroup>
#include <QCheckBox>
#include <QMenuBar>
#include <QProgressBar>
#include <QToolButton>

#include <algorithm>
#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace layerpool::test {
namespace {

// WCAG 2.1: relative luminance, and the ratio of two of them.
double luminance(const QColor &color)
{
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const auto [darker, lighter] = std::minmax({luminance(a), luminance(b)});
    return (lighter + 0.05) / (darker + 0.05);
}

double mostContrast(QWidget &widget, const QColor &ground)
{
    const QImage drawn = widget.grab().toImage();
    double most = 0;
    for (int y = 0; y < drawn.height(); ++y) {
        for (int x = 0; x < drawn.width(); ++x) {
            most = std::max(most, contrast(drawn.pixelColor(x, y), ground));
        }
    }
    return most;
}

// Of the pixel that is most like it.
int distanceTo(QWidget &widget, const QColor &wanted)
{
    const QImage drawn = widget.grab().toImage();
    int least = 1000;
    for (int y = 0; y < drawn.height(); ++y) {
        for (int x = 0; x < drawn.width(); ++x) {
            const QColor seen = drawn.pixelColor(x, y);
            least = std::min(least, std::abs(seen.red() - wanted.red()) +
                                        std::abs(seen.green() - wanted.green()) +
                                        std::abs(seen.blue() - wanted.blue()));
        }
    }
    return least;
}

constexpr double kReadable = 4.5; // 1.4.3
constexpr double kSeen = 3.0;     // 1.4.11, and for what is disabled, which needs none

class ThemeContrast : public testing::TestWithParam<Theme>
{
protected:
    const QPalette palette = paletteOf(GetParam());

    double of(QPalette::ColorRole ink, QPalette::ColorRole ground,
              QPalette::ColorGroup group = QPalette::Active) const
    {
        return contrast(palette.color(group, ink), palette.color(group, ground));
    }
};

TEST_P(ThemeContrast, EveryTextStandsOutFromItsGround)
{
    using P = QPalette;
    const std::vector<std::pair<P::ColorRole, P::ColorRole>> pairs{{P::WindowText, P::Window},
                                                                   {P::Text, P::Base},
                                                                   {P::Text, P::AlternateBase},
                                                                   {P::ButtonText, P::Button},
                                                                   {P::PlaceholderText, P::Base},
                                                                   {P::PlaceholderText, P::Window},
                                                                   {P::Link, P::Base},
                                                                   {P::Link, P::Window},
                                                                   {P::LinkVisited, P::Base},
                                                                   {P::HighlightedText, P::Highlight},
                                                                   {P::ToolTipText, P::ToolTipBase}};
    for (const P::ColorGroup group : {P::Active, P::Inactive}) {
        for (const auto &[ink, ground] : pairs) {
            EXPECT_GE(of(ink, ground, group), kReadable) << "role " << ink << " on " << ground;
        }
    }
    EXPECT_GE(of(P::Text, P::Base, P::Disabled), kSeen);
    EXPECT_GE(of(P::WindowText, P::Window, P::Disabled), kSeen);
    EXPECT_GE(of(P::ButtonText, P::Button, P::Disabled), kSeen);
}

TEST_P(ThemeContrast, TheTreemapCanBeRead)
{
    EXPECT_GE(contrast(palette.color(QPalette::Text), SpaceMapPicture::frameColor(palette)), kReadable);
    EXPECT_GE(contrast(palette.color(QPalette::Text), palette.color(QPalette::Base)), kSeen)
        << "the chosen tile's edge";
}

INSTANTIATE_TEST_SUITE_P(Both, ThemeContrast, testing::Values(Theme::Light, Theme::Dark),
                         [](const auto &each) { return nameOf(each.param).toStdString(); });

class ThemeTest : public WindowTest
{
protected:
    void TearDown() override { applyTheme(Theme::System); }
    QAction *action(const QString &name) const { return m_window.findChild<QAction *>(name); }
    QColor ground()
    {
        const QImage image = m_window.grab().toImage();
        return image.pixelColor(2, image.height() / 2);
    }
};

TEST_F(ThemeTest, TheMenuPaintsTheWindowAtOnceAndIsRemembered)
{
    const QColor before = ground();
    action(u"darkThemeAction"_s)->trigger();
    EXPECT_TRUE(soon([&] { return luminance(ground()) < 0.05; }));
    EXPECT_EQ(themeOf(m_settings), Theme::Dark);
    action(u"lightThemeAction"_s)->trigger();
    EXPECT_TRUE(soon([&] { return luminance(ground()) > 0.7; }));
    action(u"systemThemeAction"_s)->trigger();
    EXPECT_TRUE(soon([&] { return ground() == before; }));
    EXPECT_EQ(themeOf(m_settings), Theme::System);
}

// An icon that was painted in one theme must not stay in its ink.
TEST_F(ThemeTest, IconsTakeTheInkOfTheTheme)
{
    const auto ink = [this] {
        const QImage drawn = action(u"convertAction"_s)->icon().pixmap(32, QIcon::Normal).toImage();
        QColor strongest;
        int alpha = 0;
        for (int y = 0; y < drawn.height(); ++y) {
            for (int x = 0; x < drawn.width(); ++x) {
                if (qAlpha(drawn.pixel(x, y)) > alpha) {
                    alpha = qAlpha(drawn.pixel(x, y));
                    strongest = drawn.pixelColor(x, y);
                }
            }
        }
        return strongest;
    };
    applyTheme(Theme::Light);
    EXPECT_LT(luminance(ink()), 0.2);
    applyTheme(Theme::Dark);
    EXPECT_GT(luminance(ink()), 0.6);
}

// The box itself, its tick, and a button that is pressed: by shape or edge, in each theme.
TEST_F(ThemeTest, TheInkOfAnOutcomeIsReadOnItsGround)
{
    constexpr double text = 4.5; // WCAG 2.1, for text of any size
    for (const Theme theme : {Theme::Light, Theme::Dark}) {
        const QPalette palette = paletteOf(theme);
        for (const Tone tone : {Tone::Good, Tone::Bad}) {
            for (const auto ground : {QPalette::Base, QPalette::AlternateBase, QPalette::Window}) {
                EXPECT_GE(contrast(inkOf(tone, palette), palette.color(ground)), text);
            }
        }
        EXPECT_NE(inkOf(Tone::Good, palette), inkOf(Tone::Bad, palette));
    }
}

TEST_F(ThemeTest, WhatCanBeTickedOrPressedIsSeen)
{
    for (const Theme theme : {Theme::Light, Theme::Dark}) {
        applyTheme(theme);
        QCheckBox box;
        const QColor ground = paletteOf(theme).color(QPalette::Window);
        EXPECT_GE(mostContrast(box, ground), kSeen) << nameOf(theme).toStdString();
        box.setChecked(true);
        EXPECT_GE(mostContrast(box, ground), kReadable) << nameOf(theme).toStdString();
        QToolButton button;
        button.setCheckable(true);
        button.setFixedSize(40, 30);
        button.setChecked(true);
        EXPECT_GE(mostContrast(button, ground), kSeen) << nameOf(theme).toStdString();
        QProgressBar bar;
        bar.setTextVisible(false);
        EXPECT_GE(mostContrast(bar, ground), kSeen) << nameOf(theme).toStdString();
    }
}

// On the bar in its ink, beside it in the other.
TEST_F(ThemeTest, ABarsTextIsReadAcrossItsEnd)
{
    applyTheme(Theme::Light);
    QProgressBar bar;
    QPalette palette = bar.palette();
    palette.setColor(QPalette::Text, Qt::red);
    palette.setColor(QPalette::HighlightedText, Qt::green);
    bar.setPalette(palette);
    bar.setFormat(u"MMMMMMMM"_s);
    bar.setValue(50);
    bar.setFixedSize(200, 30);
    const QImage seen = bar.grab().toImage();
    const auto holds = [&seen](const QRect &part, const QColor &ink) {
        for (int x = part.left(); x <= part.right(); ++x) {
            for (int y = part.top(); y <= part.bottom(); ++y) {
                if (seen.pixelColor(x, y) == ink) {
                    return true;
                }
            }
        }
        return false;
    };
    const QRect done(0, 0, 95, 30);
    const QRect rest(105, 0, 95, 30);
    EXPECT_TRUE(holds(done, Qt::green));
    EXPECT_FALSE(holds(done, Qt::red));
    EXPECT_TRUE(holds(rest, Qt::red));
    EXPECT_FALSE(holds(rest, Qt::green));
}

// A link that was written in one theme must not stay in its ink.
TEST_F(ThemeTest, ProblemsCanBeReadInTheThemeThatCameAfterThem)
{
    applyTheme(Theme::Light);
    ListProblems problems;
    ListRow bad;
    bad.state.kind = LineState::Kind::Bad;
    bad.line.problem = u"no reference"_s;
    problems.setRows({bad});
    problems.ensurePolished();
    applyTheme(Theme::Dark);
    problems.resize(problems.sizeHint());
    QCoreApplication::processEvents();
    EXPECT_LT(distanceTo(problems, paletteOf(Theme::Dark).color(QPalette::Link)), 10);
    EXPECT_GT(distanceTo(problems, paletteOf(Theme::Light).color(QPalette::Link)), 60);
}

TEST_F(ThemeTest, WhatNobodyKnowsIsTheSystems)
{
    m_settings.setValue(settings::theme, u"sepia"_s);
    EXPECT_EQ(themeOf(m_settings), Theme::System);
}

} // namespace
} // namespace layerpool::test
