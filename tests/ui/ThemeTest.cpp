// SPDX-License-Identifier: Apache-2.0
#include "Theme.h"

#include "WindowTest.h"
#include "views/ThemeMenu.h"
#include "views/pool/SpaceMapPicture.h"

#include <QActionGroup>
#include <QMenuBar>

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

TEST_F(ThemeTest, WhatNobodyKnowsIsTheSystems)
{
    m_settings.setValue(settings::theme, u"sepia"_s);
    EXPECT_EQ(themeOf(m_settings), Theme::System);
}

} // namespace
} // namespace layerpool::test
