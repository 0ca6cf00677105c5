// SPDX-License-Identifier: Apache-2.0
#include "serve/RegistryProgram.h"

#include <gtest/gtest.h>

#include <QFile>
#include <QTemporaryDir>

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

class RegistryProgramTest : public testing::Test
{
protected:
    void SetUp() override { qputenv("PATH", QFile::encodeName(m_folder.path())); }
    void TearDown() override { qputenv("PATH", m_path); }

    void install(const QString &name)
    {
        QFile file(m_folder.filePath(name));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        ASSERT_TRUE(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    }
    static QString found()
    {
        const Result<RegistryProgram> program = RegistryProgram::find();
        return program ? program->name : QString();
    }

    QTemporaryDir m_folder;
    const QByteArray m_path = qgetenv("PATH");
};

TEST_F(RegistryProgramTest, TheRegistryItselfIsTakenBeforeAnEngine)
{
    const Result<RegistryProgram> none = RegistryProgram::find();
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().kind, ErrorKind::Unreachable);
    EXPECT_TRUE(none.error().sentence().contains(u"Install the package docker-registry"_s))
        << none.error().sentence().toStdString();
    for (const QString &better : {u"docker"_s, u"podman"_s, u"registry"_s, u"docker-registry"_s}) {
        install(better);
        EXPECT_EQ(found(), better);
    }
}

TEST_F(RegistryProgramTest, NoSettingOfOursReachesTheRegistry)
{
    qputenv("REGISTRY_STORAGE_DELETE_ENABLED", "true");
    qputenv("SOME_PASSWORD", "secret");
    for (const bool isEngine : {false, true}) {
        const QStringList names =
            launchFor({u"x"_s, u"/x"_s, isEngine}, u"/pool"_s, 5000, "mark").environment.keys();
        EXPECT_TRUE(names.contains(u"PATH"_s));
        EXPECT_FALSE(names.contains(u"REGISTRY_STORAGE_DELETE_ENABLED"_s));
        EXPECT_FALSE(names.contains(u"SOME_PASSWORD"_s));
    }
    qunsetenv("REGISTRY_STORAGE_DELETE_ENABLED");
    qunsetenv("SOME_PASSWORD");
}

TEST_F(RegistryProgramTest, TheRegistryReadsItsConfigurationFromItsInput)
{
    const RegistryLaunch launch =
        launchFor({u"registry"_s, u"/x"_s, false}, u"/a \"pool\": #1"_s, 5123, "mark");
    EXPECT_EQ(launch.arguments, (QStringList{u"serve"_s, u"/dev/stdin"_s}));
    EXPECT_FALSE(launch.keepsInputOpen);
    EXPECT_TRUE(launch.input.contains("rootdirectory: \"/a \\\"pool\\\": #1\""))
        << launch.input.toStdString();
    EXPECT_TRUE(launch.input.contains("addr: \"127.0.0.1:5123\"")) << launch.input.toStdString();
    EXPECT_TRUE(launch.input.contains("readonly: {enabled: true}")) << launch.input.toStdString();
}

TEST_F(RegistryProgramTest, AnEngineMountsThePoolReadOnlyAndPublishesOnLoopbackAlone)
{
    const RegistryLaunch launch = launchFor({u"podman"_s, u"/x"_s, true}, u"/a,b"_s, 5123, "mark");
    const QString words = launch.arguments.join(u' ');
    EXPECT_TRUE(words.startsWith(u"run --rm --interactive"_s)) << words.toStdString();
    EXPECT_TRUE(words.contains(u"--publish 127.0.0.1:5123:5000"_s)) << words.toStdString();
    EXPECT_TRUE(words.contains(u"type=bind,\"source=/a,b\",target=/var/lib/registry,readonly"_s))
        << words.toStdString();
    EXPECT_TRUE(words.contains(u"head -c %1 "_s.arg(launch.input.size()))) << words.toStdString();
    EXPECT_TRUE(launch.keepsInputOpen) << "its end ends the container";
    EXPECT_FALSE(words.contains(u"mark"_s)) << "what is in the configuration is in no list of processes";
}

} // namespace
} // namespace layerpool::test
