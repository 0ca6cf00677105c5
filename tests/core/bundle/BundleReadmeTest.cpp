// SPDX-License-Identifier: Apache-2.0
#include "bundle/BundleReadme.h"

#include "bundle/BundlePath.h"

#include <gtest/gtest.h>

#include <QString>
#include <QStringList>

#include <algorithm>

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

// As a terminal shows it: Chinese takes two columns.
qsizetype columnsOf(const QString &line)
{
    return line.size() +
           std::count_if(line.begin(), line.end(), [](QChar each) { return each.unicode() >= 0x2e80; });
}

BundleTool toolNamed(const QByteArray &name)
{
    return {name, 1, {}};
}

class BundleReadmePageTest : public testing::TestWithParam<std::optional<BundleTool>>
{
};

TEST_P(BundleReadmePageTest, IsAPageThatEveryTerminalShows)
{
    const QString text = QString::fromUtf8(bundleReadme(GetParam()));
    EXPECT_FALSE(text.contains(QChar::ReplacementCharacter));
    EXPECT_TRUE(text.endsWith(u'\n'));
    const QStringList lines = text.split(u'\n');
    EXPECT_LT(lines.size(), 110);
    for (const QString &line : lines) {
        EXPECT_LE(columnsOf(line), 78) << line.toStdString();
    }
}

INSTANTIATE_TEST_SUITE_P(Tools, BundleReadmePageTest,
                         testing::Values(std::nullopt, toolNamed("layerpool-cli-portable"),
                                         toolNamed("Layerpool-1.2.AppImage")),
                         [](const auto &tool) {
                             return !tool.param                              ? "Without"
                                    : tool.param->name.endsWith(".AppImage") ? "AppImage"
                                                                             : "CommandLine";
                         });

TEST(BundleReadmeTest, SaysHowTheProgramThatCameAlongIsUsed)
{
    EXPECT_FALSE(bundleReadme({}).contains("layerpool/tool"));
    const QByteArray commands = bundleReadme(toolNamed("layerpool-cli-portable"));
    EXPECT_EQ(commands.count("tar -xf NAME.tar layerpool/tool\n"), 2);
    EXPECT_EQ(commands.count("layerpool/tool/layerpool-cli-portable import POOL NAME.tar\n"), 2);
    const QByteArray window = bundleReadme(toolNamed("Layerpool-1.2.AppImage"));
    EXPECT_EQ(window.count("layerpool/tool/Layerpool-1.2.AppImage NAME.tar\n"), 2);
    EXPECT_FALSE(commands.contains("TOOL") || window.contains("TOOL"));
}

TEST(BundleReadmeTest, SaysAllStepsInBothLanguages)
{
    const QString text = QString::fromUtf8(bundleReadme({}));
    for (const QString &command :
         {u"sha256sum -c NAME.sha256"_s, u"cat NAME.tar.*[0-9] > NAME.tar"_s, u"tar -xf NAME.tar -C"_s,
          u"unzip NAME.zip -d"_s, u":/var/lib/registry:ro registry:2"_s, u"docker-registry serve"_s,
          u"docker pull localhost:5000/"_s, u"layerpool-cli import POOL"_s, u"\"base\""_s}) {
        EXPECT_EQ(text.count(command), 2) << command.toStdString();
    }
}

TEST(BundleReadmeTest, ItsPlaceIsPassedOverByAReader)
{
    const Result<BundlePath> path = BundlePath::parse(bundleReadmePath, false);
    ASSERT_TRUE(isOk(path));
    EXPECT_EQ(path->kind, BundlePath::Kind::LeftOut);
}

} // namespace
} // namespace layerpool::test
