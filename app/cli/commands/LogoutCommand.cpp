// SPDX-License-Identifier: Apache-2.0
#include "CommandLine.h"
#include "Commands.h"

#include "base/Text.h"
#include "registry/SignOut.h"

namespace layerpool {

ExitStatus runLogout(const QStringList &words, Console &console)
{
    CommandLine line("logout", Text::tr("Forgets the name and password for a registry."),
                     {QStringLiteral("REGISTRY")});
    line.addAuthFile(Text::tr("Take the login out of this file, in place of the keyring."));
    if (const auto ended = line.read(words, console)) {
        return *ended;
    }
    const Result<QString> host = line.registryHost(0);
    const Result<RegistryOptions> options = line.registry();
    if (!host || !options) {
        return console.fail(host ? options.error() : host.error());
    }
    const Result<SignedOut> out = console.runWorker<SignedOut>(
        [&](const TaskContext &context) { return signOut(*options, *host, context.cancel); });
    if (!out) {
        return console.fail(out.error());
    }
    console.print(out->wasThere ? Text::tr("Signed out of %1.").arg(*host)
                                : Text::tr("No login for %1 was kept here.").arg(*host));
    console.printJson({{QStringLiteral("event"), QStringLiteral("logout")},
                       {QStringLiteral("registry"), *host},
                       {QStringLiteral("removed"), out->wasThere},
                       {QStringLiteral("elsewhere"), out->elsewhere}});
    if (!out->elsewhere.isEmpty()) {
        console.note(Text::tr("There is a login for %1 in %2 too, which another program keeps: it goes on "
                              "being used.")
                         .arg(*host, out->elsewhere));
    }
    return console.succeed();
}

} // namespace layerpool
