// SPDX-License-Identifier: Apache-2.0
#include "CommandLine.h"
#include "Commands.h"

#include "base/Text.h"
#include "registry/AuthFile.h"
#include "registry/Credentials.h"

namespace layerpool {
namespace {

struct SignedOut
{
    bool wasThere = false;
    QString elsewhere; ///< a place that still has a login, and is not ours
};

Result<SignedOut> signOut(const RegistryOptions &options, const QString &host, const CancelToken &cancel)
{
    const bool isInFile = !options.authFile.isEmpty();
    AuthFileStore file(options.authFile);
    CredentialStore &keeper = isInFile ? static_cast<CredentialStore &>(file) : *options.keyring;
    const Result<bool> removed = keeper.remove(host, cancel);
    if (!removed && removed.error().kind != ErrorKind::Unsupported) {
        return removed.error();
    }
    Result<std::unique_ptr<Credentials>> others =
        Credentials::load({{}, {}, isInFile ? options.keyring : nullptr});
    if (!others) {
        return others.error();
    }
    const Result<Credentials::Found> found = (*others)->find(host, {}, cancel);
    if (!found) {
        return found.error();
    }
    return SignedOut{removed && *removed, found->place};
}

} // namespace

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
