// SPDX-License-Identifier: Apache-2.0
#include "support/Logins.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <gtest/gtest.h>

namespace layerpool::test {

ScopedVariable::ScopedVariable(const char *name, const QByteArray &value)
    : m_name(name), m_wasSet(qEnvironmentVariableIsSet(name)), m_before(qgetenv(name))
{
    qputenv(name, value);
}

ScopedVariable::~ScopedVariable()
{
    if (m_wasSet) {
        qputenv(m_name, m_before);
    } else {
        qunsetenv(m_name);
    }
}

LoginHome::LoginHome()
    : m_home("HOME", m_folder.path().toLocal8Bit())
    , m_runtime("XDG_RUNTIME_DIR", m_folder.filePath(QStringLiteral("runtime")).toLocal8Bit())
    , m_config("XDG_CONFIG_HOME", {})
    , m_docker("DOCKER_CONFIG", {})
    , m_authFile("REGISTRY_AUTH_FILE", {})
    , m_path("PATH", m_folder.filePath(QStringLiteral("bin")).toLocal8Bit() + ':' + qgetenv("PATH"))
{
}

QString LoginHome::write(const QString &name, const QByteArray &bytes) const
{
    const QString file = path(name);
    EXPECT_TRUE(QDir().mkpath(QFileInfo(file).path()));
    QFile out(file);
    EXPECT_TRUE(out.open(QIODevice::WriteOnly));
    out.write(bytes);
    return file;
}

void LoginHome::addHelper(const QString &name, const QByteArray &script) const
{
    const QString file = write(QStringLiteral("bin/docker-credential-") + name, "#!/bin/sh\n" + script);
    EXPECT_TRUE(QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
}

QByteArray authJson(const QString &key, const QByteArray &userAndPassword)
{
    return "{\"auths\":{\"" + key.toUtf8() + "\":{\"auth\":\"" + userAndPassword.toBase64() + "\"}}}";
}

} // namespace layerpool::test
