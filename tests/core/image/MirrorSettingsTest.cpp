// SPDX-License-Identifier: Apache-2.0
#include "image/MirrorSettings.h"

#include <gtest/gtest.h>

namespace layerpool::test {
namespace {

MirrorSettings settingsFor(const QString &target, bool isPlain = false, bool isUnverified = false)
{
    return MirrorSettings({*RegistryAddress::parse(target), isPlain, isUnverified});
}

void add(MirrorSettings &settings, const QString &line, const QString &poolName)
{
    settings.addLine(line, *RepositoryName::parse(poolName));
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

TEST(MirrorSettingsTest, AnAuthorityOfItsOwnIsNamedToBoth)
{
    MirrorSettings settings({*RegistryAddress::parse(u"harbor.corp:8443"), false, false, true});
    add(settings, QStringLiteral("redis:5"), QStringLiteral("library/redis"));
    EXPECT_TRUE(settings.files()[0].text.contains(QStringLiteral("\n  ca = \"ca.crt\" #")));
    EXPECT_TRUE(settings.files()[1].text.contains(
        QStringLiteral("/etc/containers/certs.d/harbor.corp:8443/ca.crt\n")));
}

TEST(MirrorSettingsTest, AHostThatThePoolKeepsStandsInFront)
{
    MirrorSettings settings = settingsFor(QStringLiteral("harbor.corp/mirror"));
    add(settings, QStringLiteral("registry.corp:5000/team/app:v1"),
        QStringLiteral("registry.corp_5000/team/app"));
    settings.addName(*RepositoryName::parse(u"quay.io/team/app"));
    const std::vector<SettingsFile> files = settings.files();
    ASSERT_EQ(files.size(), 3U);
    EXPECT_EQ(files[0].path, QStringLiteral("/etc/containerd/certs.d/quay.io/hosts.toml"));
    EXPECT_TRUE(files[0].text.contains(QStringLiteral("\"https://harbor.corp/v2/mirror/quay.io\"")));
    EXPECT_EQ(files[1].path, QStringLiteral("/etc/containerd/certs.d/registry.corp:5000/hosts.toml"));
    EXPECT_TRUE(
        files[1].text.contains(QStringLiteral("\"https://harbor.corp/v2/mirror/registry.corp_5000\"")));
    EXPECT_TRUE(files[2].text.contains(QStringLiteral("location = \"harbor.corp/mirror/quay.io\"")));
}

TEST(MirrorSettingsTest, ANameThatAnotherSourceLeftShortIsMappedAlone)
{
    MirrorSettings settings = settingsFor(QStringLiteral("harbor.corp/mirror"));
    add(settings, QStringLiteral("redis:5"), QStringLiteral("redis"));
    const std::vector<SettingsFile> files = settings.files();
    ASSERT_EQ(files.size(), 2U);
    EXPECT_EQ(files[0].text,
              QStringLiteral("server = \"https://docker.io\"\n\n"
                             "# library/redis is not found by this: pull it as harbor.corp/mirror/redis\n"));
    EXPECT_EQ(files[1].text,
              QStringLiteral("[[registry]]\nlocation = \"docker.io/library/redis\"\n\n"
                             "[[registry.mirror]]\nlocation = \"harbor.corp/mirror/redis\"\n"));
}

TEST(MirrorSettingsTest, APoolDoesNotTellWhichRegistryAPathCameFrom)
{
    MirrorSettings settings = settingsFor(QStringLiteral("harbor.corp"));
    settings.addName(*RepositoryName::parse(u"team_a/app"));
    const std::vector<SettingsFile> files = settings.files();
    ASSERT_EQ(files.size(), 2U);
    EXPECT_EQ(files[0].path, QStringLiteral("/etc/containerd/certs.d/_default/hosts.toml"));
    EXPECT_EQ(files[0].text, QStringLiteral("[host.\"https://harbor.corp\"]\n"
                                            "  capabilities = [\"pull\", \"resolve\"]\n"));
    EXPECT_EQ(files[1].text, QStringLiteral("# For each registry that the other images came from:\n"
                                            "# [[registry]]\n# location = \"REGISTRY\"\n"
                                            "# [[registry.mirror]]\n# location = \"harbor.corp\"\n"));
}

TEST(MirrorSettingsTest, AnOfficialNameOfAPoolIsDockerHubs)
{
    MirrorSettings settings = settingsFor(QStringLiteral("harbor.corp"));
    settings.addName(*RepositoryName::parse(u"library/redis"));
    ASSERT_EQ(settings.files().size(), 2U);
    EXPECT_EQ(settings.files()[0].path, QStringLiteral("/etc/containerd/certs.d/docker.io/hosts.toml"));
}

TEST(MirrorSettingsTest, NothingPushedNeedsNothing)
{
    EXPECT_TRUE(settingsFor(QStringLiteral("harbor.corp")).files().empty());
}

} // namespace
} // namespace layerpool::test
