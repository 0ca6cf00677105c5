// SPDX-License-Identifier: Apache-2.0
#include "serve/PullCommands.h"

namespace layerpool {
namespace {

void add(PullCommands &commands, std::span<const PoolTag> tags, PullTool tool, const QString &host, int most)
{
    for (const PoolTag &tag : tags) {
        if (tag.isReferrer()) {
            continue;
        }
        if (commands.lines.size() < most) {
            commands.lines << pullCommand(tool, host, tag.toString());
        } else {
            ++commands.leftOut;
        }
    }
}

} // namespace

QString pullCommand(PullTool tool, const QString &host, const QString &reference)
{
    QStringList words{tool == PullTool::Docker ? QStringLiteral("docker") : QStringLiteral("podman"),
                      QStringLiteral("pull")};
    if (tool == PullTool::Podman && !host.isEmpty()) { // docker takes plain HTTP from loopback by itself
        words << QStringLiteral("--tls-verify=false");
    }
    words << (host.isEmpty() ? reference : host + QLatin1Char('/') + reference);
    return words.join(QLatin1Char(' '));
}

PullCommands PullCommands::of(std::span<const PoolTag> tags, PullTool tool, const QString &host, int most)
{
    PullCommands commands;
    add(commands, tags, tool, host, most);
    return commands;
}

PullCommands PullCommands::ofAll(const PoolIndex &index, PullTool tool, const QString &host, int most)
{
    PullCommands commands;
    for (const PoolRepository &repository : index.repositories()) {
        add(commands, repository.tags, tool, host, most);
    }
    return commands;
}

} // namespace layerpool
