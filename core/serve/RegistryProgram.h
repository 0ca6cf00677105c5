// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>

namespace layerpool {

/// A program of this machine that can serve a pool: the registry itself, or an engine that runs its image.
struct RegistryProgram
{
    QString name; ///< as it is called
    QString path;
    bool isEngine = false; ///< runs the registry in a container

    /// The first that is in PATH: docker-registry, registry, podman, docker. Error: Unreachable.
    static Result<RegistryProgram> find();
};

/// How a program is started so that it serves a pool, read-only.
struct RegistryLaunch
{
    QStringList arguments;
    /// What it needs to run, and nothing else of ours: a registry would take REGISTRY_… for settings.
    QProcessEnvironment environment;
    QByteArray input; ///< the registry's configuration, for standard input: no file is left behind
    /// A container outlives whoever asked for it; this one ends when its standard input does.
    bool keepsInputOpen = false;
};

/// The answers' header that holds `mark`, which tells this registry from any other at its port.
inline constexpr char servingMarkHeader[] = "X-Layerpool-Serving";

RegistryLaunch launchFor(const RegistryProgram &program, const QString &pool, quint16 port,
                         const QByteArray &mark);

} // namespace layerpool
