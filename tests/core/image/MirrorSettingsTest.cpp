// SPDX-License-Identifier: Apache-2.0
#include "image/MirrorSettings.h"

#include <gtest/gtest.h>

namespace layerpool::test {
namespace {

MirrorSettings settingsFor(const QString &target, bool isPlain = false, bool isUnverified = false)
{
    return {*RegistryAddress::parse(target), isPlain, isUnverified};
}

void add(MirrorSettings &settings, const QString &line, const QString &poolName)
{
    settings.add(line, *RepositoryName::parse(poolName));
}

TEST(MirrorSettingsTest, SaysWhereEachRegistryOfAListIsNow)
{
    MirrorSettings settings = settingsFor(QStringLiteral("harbor.corp:8443/mirror"));
    add(settings, QStringLiteral("redis:5"), QStringLiteral("library/redis"));
    add(settings, QStringLiteral("quay.io/argoproj/argocd:v2"), QStringLiteral("argoproj/argocd"));
    add(settings, QStringLiteral("quay.io/other/one:v2"), QStringLiteral("other/one"));
    const std::vector<SettingsFile> files = settings.files();
    ASSERT_EQ(files.size(), 3U);
    EXPECT_EQ(files[0].path, QStringLiteral("/etc/containerd/certs.d/docker.io/hosts.toml"));
    EXPECT_EQ(files[0].text, QStringLiteral("server = \"https://docker.io\"\n\n"
                                            "[host.\"https://harbor.corp:8443/v2/mirror\"]\n"
                                            "  capabilities = [\"pull\", \"resolve\"]\n"
                                            "  override_path = true\n"));
    EXPECT_EQ(files[1].path, QStringLiteral("/etc/containerd/certs.d/quay.io/hosts.toml"));
    EXPECT_EQ(files[2].path, QStringLiteral("/etc/containers/registries.conf.d/layerpool.conf"));
    EXPECT_EQ(files[2].text, QStringLiteral("[[registry]]\nlocation = \"docker.io\"\n\n"
                                            "[[registry.mirror]]\nlocation = \"harbor.corp:8443/mirror\"\n\n"
                                            "[[registry]]\nlocation = \"quay.io\"\n\n"
                                            "[[registry.mirror]]\nlocation = \"harbor.corp:8443/mirror\"\n"));
}

TEST(MirrorSettingsTest, WithoutAPrefixTheApisRootIsTheUsualOne)
{
    MirrorSettings settings = settingsFor(QStringLiteral("127.0.0.1:5001"), true);
    add(settings, QStringLiteral("redis:5"), QStringLiteral("library/redis"));
    const std::vector<SettingsFile> files = settings.files();
    ASSERT_EQ(files.size(), 2U);
    EXPECT_EQ(files[0].text, QStringLiteral("server = \"https://docker.io\"\n\n"
                                            "[host.\"http://127.0.0.1:5001\"]\n"
                                            "  capabilities = [\"pull\", \"resolve\"]\n"));
    EXPECT_TRUE(files[1].text.endsWith(QStringLiteral("location = \"127.0.0.1:5001\"\ninsecure = true\n")));
}

TEST(MirrorSettingsTest, AnUnverifiedCertificateIsSaidToBoth)
{
    MirrorSettings settings = settingsFor(QStringLiteral("harbor.corp"), false, true);
    add(settings, QStringLiteral("redis:5"), QStringLiteral("library/redis"));
    EXPECT_TRUE(settings.files()[0].text.endsWith(QStringLiteral("skip_verify = true\n")));
    EXPECT_TRUE(settings.files()[1].text.endsWith(QStringLiteral("insecure = true\n")));
}

TEST(MirrorSettingsTest, AHostThatThePoolKeepsStandsInFront)
{
    MirrorSettings settings = settingsFor(QStringLiteral("harbor.corp/mirror"));
    add(settings, QStringLiteral("registry.corp_5000/team/app:v1"),
        QStringLiteral("registry.corp_5000/team/app"));
    add(settings, QStringLiteral("quay.io/team/app:v1"), QStringLiteral("quay.io/team/app"));
    const std::vector<SettingsFile> files = settings.files();
    ASSERT_EQ(files.size(), 3U);
    EXPECT_EQ(files[0].path, QStringLiteral("/etc/containerd/certs.d/quay.io/hosts.toml"));
    EXPECT_TRUE(files[0].text.contains(QStringLiteral("\"https://harbor.corp/v2/mirror/quay.io\"")));
    EXPECT_EQ(files[1].path, QStringLiteral("/etc/containerd/certs.d/registry.corp:5000/hosts.toml"));
    EXPECT_TRUE(
        files[1].text.contains(QStringLiteral("\"https://harbor.corp/v2/mirror/registry.corp_5000\"")));
    EXPECT_TRUE(files[2].text.contains(QStringLiteral("location = \"harbor.corp/mirror/quay.io\"")));
}

TEST(MirrorSettingsTest, APathThatOnlyLooksLikeAHostIsNone)
{
    MirrorSettings settings = settingsFor(QStringLiteral("harbor.corp"));
    add(settings, QStringLiteral("team_a/app:v1"), QStringLiteral("team_a/app"));
    ASSERT_EQ(settings.files().size(), 2U);
    EXPECT_EQ(settings.files()[0].path, QStringLiteral("/etc/containerd/certs.d/docker.io/hosts.toml"));
}

TEST(MirrorSettingsTest, NothingPushedNeedsNothing)
{
    EXPECT_TRUE(settingsFor(QStringLiteral("harbor.corp")).files().empty());
}

} // namespace
} // namespace layerpool::test
