// SPDX-License-Identifier: Apache-2.0
#include "settings/Settings.h"

#include <gtest/gtest.h>

#include <QTemporaryDir>

namespace layerpool::test {
namespace {

class SettingsTest : public testing::Test
{
protected:
    QTemporaryDir m_folder;
    QString m_file = m_folder.filePath(QStringLiteral("settings.ini"));
};

TEST_F(SettingsTest, IsTheFallbackUntilSet)
{
    Settings settings(m_file);
    EXPECT_EQ(settings.value(settings::source), QStringLiteral("docker.io"));
    settings.setValue(settings::source, QStringLiteral("quay.io"));
    EXPECT_EQ(Settings(m_file).value(settings::source), QStringLiteral("quay.io"));
}

TEST_F(SettingsTest, KeepsBytesAsTheyAre)
{
    const QByteArray bytes("\0\xff\n,;", 5);
    {
        Settings settings(m_file);
        settings.setValue(settings::windowGeometry, bytes);
    }
    EXPECT_EQ(Settings(m_file).value(settings::windowGeometry), bytes);
}

TEST_F(SettingsTest, RemembersTheLatestTenOnce)
{
    Settings settings(m_file);
    for (int i = 0; i < 12; ++i) {
        settings.remember(settings::recentPools, QString::number(i));
    }
    settings.remember(settings::recentPools, QStringLiteral("5"));
    const QStringList recent = settings.value(settings::recentPools);
    EXPECT_EQ(recent.size(), 10);
    EXPECT_EQ(recent.first(), QStringLiteral("5"));
    EXPECT_EQ(recent.count(QStringLiteral("5")), 1);
}

} // namespace
} // namespace layerpool::test
