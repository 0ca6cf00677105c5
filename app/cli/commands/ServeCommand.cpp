// SPDX-License-Identifier: Apache-2.0
#include "CommandLine.h"
#include "Commands.h"
#include "PoolSource.h"

#include "base/Text.h"
#include "serve/PoolServer.h"
#include "serve/PullCommands.h"

#include <QEventLoop>
#include <QJsonArray>

namespace layerpool {
namespace {

constexpr NumberRange kPorts{1, 65535};
constexpr int kMostCommands = 10;
constexpr int kMostCommandsInJson = 1000;
constexpr int kPollMs = 50;

void tellServing(const PoolServer &server, const PoolIndex &index, Console &console)
{
    console.print(Text::tr("Serving %1 at %2, read-only, by %3. Ctrl+C ends it.", "pool, HOST:PORT, program")
                      .arg(server.poolPath(), server.address(), server.program()));
    const PullCommands few = PullCommands::ofAll(index, PullTool::Docker, server.address(), kMostCommands);
    for (const QString &command : few.lines) {
        console.print(QStringLiteral("  ") + command);
    }
    if (few.leftOut > 0) {
        console.print(Text::tr("  and %n more image(s): see layerpool-cli ls", nullptr, few.leftOut));
    }
    const PullCommands many =
        PullCommands::ofAll(index, PullTool::Docker, server.address(), kMostCommandsInJson);
    console.printJson({{QStringLiteral("event"), QStringLiteral("serving")},
                       {QStringLiteral("address"), server.address()},
                       {QStringLiteral("port"), server.port()},
                       {QStringLiteral("program"), server.program()},
                       {QStringLiteral("images"), index.totals().images},
                       {QStringLiteral("pull"), QJsonArray::fromStringList(many.lines)}});
}

void tellLog(const QString &line, Console &console)
{
    if (console.isJson()) {
        console.printJson({{QStringLiteral("event"), QStringLiteral("log")}, {QStringLiteral("line"), line}});
    } else {
        console.note(line);
    }
}

ExitStatus serve(const PoolIndex &index, int port, Console &console)
{
    PoolServer server;
    QEventLoop loop;
    std::optional<Error> failure;
    QObject::connect(&server, &PoolServer::stateChanged, &loop, [&] {
        if (server.state() == PoolServer::State::Serving) {
            tellServing(server, index, console);
        } else if (server.state() == PoolServer::State::Stopped) {
            loop.quit();
        }
    });
    QObject::connect(&server, &PoolServer::logged, &loop,
                     [&](const QString &line) { tellLog(line, console); });
    QObject::connect(&server, &PoolServer::failed, &loop, [&](const Error &error) { failure = error; });
    QTimer poll;
    QObject::connect(&poll, &QTimer::timeout, &server, [&] {
        if (console.cancel().isCancelled()) {
            server.stop();
        }
    });
    poll.start(kPollMs);
    server.start(index.pool(), static_cast<quint16>(port));
    loop.exec();
    // Ctrl+C is how it is meant to end.
    if (failure) {
        return console.fail(*failure);
    }
    console.note(Text::tr("Stopped serving %1.").arg(index.path()));
    return console.succeed();
}

} // namespace

ExitStatus runServe(const QStringList &words, Console &console)
{
    CommandLine line(
        "serve",
        Text::tr("Serves a pool by the machine's own registry, read-only, at a port of 127.0.0.1, "
                 "until Ctrl+C. That is docker-registry, or registry, or else podman or docker "
                 "with the image registry:2."),
        {QStringLiteral("POOL")});
    const QString portOption = QStringLiteral("port");
    line.addValue(portOption, Text::tr("The port (any that is free, from 5000 on)."), QStringLiteral("N"));
    if (const auto ended = line.read(words, console)) {
        return *ended;
    }
    const Result<int> port = line.isSet(portOption) ? line.number(portOption, kPorts) : 0;
    if (!port) {
        return console.fail(port.error());
    }
    if (isBundleThere(line.argument(0))) {
        return console.fail({ErrorKind::Unsupported, Text::tr("%1 is no folder").arg(line.argument(0)),
                             Text::tr("a registry runs over a pool in a folder"),
                             Text::tr("Import the bundle first")});
    }
    auto pool = readPool(line.argument(0), line, console);
    if (const auto *ended = std::get_if<ExitStatus>(&pool)) {
        return *ended;
    }
    return serve(*std::get<0>(pool), *port, console);
}

} // namespace layerpool
