// SPDX-License-Identifier: Apache-2.0
#include "serve/RegistryProgram.h"

#include "base/Text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QStandardPaths>

#include <algorithm>
#include <array>

namespace layerpool {
namespace {

struct Candidate
{
    const char *name;
    bool isEngine;
};

constexpr std::array<Candidate, 4> kCandidates{
    {{"docker-registry", false}, {"registry", false}, {"podman", true}, {"docker", true}}};

const QString kImage = QStringLiteral("docker.io/library/registry:2");
const QString kStorageInside = QStringLiteral("/var/lib/registry");
constexpr quint16 kPortInside = 5000;

// Takes so many bytes of standard input for the configuration, and ends with the rest of it.
const QString kInside =
    QStringLiteral("head -c %1 >/tmp/config.yml; exec 3<&0; (cat <&3 >/dev/null; kill 1) & "
                   "exec registry serve /tmp/config.yml");

QByteArray quoted(const QString &text)
{
    // YAML reads JSON's strings; Qt writes them only within an array.
    return QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact).chopped(1).sliced(1);
}

// The access log tells who pulls what; the registry's own tells the same at length, but for what goes wrong.
QByteArray configFor(const QString &storage, const QString &address, const QByteArray &mark)
{
    return "version: 0.1\n"
           "log: {level: warn}\n"
           "storage:\n"
           "  filesystem: {rootdirectory: " +
           quoted(storage) +
           "}\n"
           "  maintenance: {uploadpurging: {enabled: false}, readonly: {enabled: true}}\n"
           "http:\n"
           "  addr: " +
           quoted(address) +
           "\n"
           "  secret: \"" +
           mark +
           "\"\n" // signs uploads, of which there are none: left out, it is warned of
           "  headers: {X-Content-Type-Options: [nosniff], " +
           servingMarkHeader + ": [\"" + mark + "\"]}\n";
}

QProcessEnvironment environmentFor(bool isEngine)
{
    QStringList names{QStringLiteral("PATH"), QStringLiteral("HOME"), QStringLiteral("LANG"),
                      QStringLiteral("TMPDIR")};
    if (isEngine) { // where its daemon and its images are
        names << QStringLiteral("USER") << QStringLiteral("XDG_RUNTIME_DIR")
              << QStringLiteral("XDG_CONFIG_HOME") << QStringLiteral("XDG_DATA_HOME")
              << QStringLiteral("DBUS_SESSION_BUS_ADDRESS") << QStringLiteral("DOCKER_HOST")
              << QStringLiteral("DOCKER_CONFIG") << QStringLiteral("DOCKER_CONTEXT")
              << QStringLiteral("CONTAINER_HOST");
    }
    const QProcessEnvironment ours = QProcessEnvironment::systemEnvironment();
    QProcessEnvironment bare;
    for (const QString &name : names) {
        if (ours.contains(name)) {
            bare.insert(name, ours.value(name));
        }
    }
    return bare;
}

// Engines read the words of a mount as a line of comma-separated values.
QString mountOf(const QString &pool)
{
    QString source = QStringLiteral("source=") + pool;
    source.replace(QLatin1Char('"'), QLatin1String("\"\""));
    return QStringLiteral("type=bind,\"%1\",target=%2,readonly").arg(source, kStorageInside);
}

QStringList engineArguments(const QString &pool, quint16 port, qsizetype configBytes)
{
    return {QStringLiteral("run"),
            QStringLiteral("--rm"),
            QStringLiteral("--interactive"),
            QStringLiteral("--publish"),
            QStringLiteral("127.0.0.1:%1:%2").arg(port).arg(kPortInside),
            QStringLiteral("--mount"),
            mountOf(pool),
            QStringLiteral("--entrypoint"),
            QStringLiteral("/bin/sh"),
            kImage,
            QStringLiteral("-c"),
            kInside.arg(configBytes)};
}

} // namespace

Result<RegistryProgram> RegistryProgram::find()
{
    QStringList names;
    for (const Candidate &candidate : kCandidates) {
        const QString name = QString::fromLatin1(candidate.name);
        if (const QString path = QStandardPaths::findExecutable(name); !path.isEmpty()) {
            return RegistryProgram{name, path, candidate.isEngine};
        }
        names << name;
    }
    return Error{ErrorKind::Unreachable, Text::tr("This machine has no program that serves a pool"),
                 Text::tr("none of these is in PATH: %1").arg(names.join(QStringLiteral(", "))),
                 Text::tr("Install the package docker-registry")};
}

RegistryLaunch launchFor(const RegistryProgram &program, const QString &pool, quint16 port,
                         const QByteArray &mark)
{
    RegistryLaunch launch;
    launch.environment = environmentFor(program.isEngine);
    if (program.isEngine) {
        launch.input = configFor(kStorageInside, QStringLiteral("0.0.0.0:%1").arg(kPortInside), mark);
        launch.arguments = engineArguments(pool, port, launch.input.size());
        launch.keepsInputOpen = true;
    } else {
        launch.input = configFor(pool, QStringLiteral("127.0.0.1:%1").arg(port), mark);
        launch.arguments = {QStringLiteral("serve"), QStringLiteral("/dev/stdin")};
    }
    return launch;
}

} // namespace layerpool
