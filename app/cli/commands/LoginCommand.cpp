// SPDX-License-Identifier: Apache-2.0
#include "CommandLine.h"
#include "Commands.h"
#include "Prompt.h"

#include "base/Text.h"
#include "registry/AuthFile.h"
#include "registry/RegistryAccess.h"

namespace layerpool {
namespace {

const QString kUser = QStringLiteral("user");
const QString kPasswordStdin = QStringLiteral("password-stdin");

/// Of a machine on which there is no keyring, or none that takes anything.
Error cannotKeep(const QString &host, const Error &error)
{
    if (error.kind != ErrorKind::Unsupported) {
        return error;
    }
    return {ErrorKind::Storage, Text::tr("A login for %1 cannot be kept").arg(host),
            error.why.isEmpty() ? error.what : QStringLiteral("%1 (%2)").arg(error.what, error.why),
            Text::tr("Name a file for it (--authfile FILE); the password can be read there")};
}

/// Where the login will be kept; an error where it could not be.
Result<std::shared_ptr<CredentialStore>> keeperOf(const RegistryOptions &options, const QString &host,
                                                  const CancelToken &cancel)
{
    std::shared_ptr<CredentialStore> keeper = options.keyring;
    if (!options.authFile.isEmpty()) {
        keeper = std::make_shared<AuthFileStore>(options.authFile);
    }
    const Status usable = keeper->check(cancel);
    return usable ? Result<std::shared_ptr<CredentialStore>>(std::move(keeper))
                  : cannotKeep(host, usable.error());
}

Result<Credential> readCredential(const CommandLine &line, const CancelToken &cancel)
{
    const QString hint = Text::tr("Give the name with --user, and the password with --password-stdin");
    Credential credential;
    credential.user = line.value(kUser);
    const bool isPiped = line.isSet(kPasswordStdin);
    if (isPiped && credential.user.isEmpty()) {
        return Error{ErrorKind::BadInput,
                     Text::tr("--password-stdin needs the name"),
                     {},
                     Text::tr("Give it with --user NAME")};
    }
    if (credential.user.isEmpty()) {
        Result<QString> user = prompt({Text::tr("Name:"), Typing::Shown, hint}, cancel);
        if (!user) {
            return user.error();
        }
        credential.user = user->trimmed();
    }
    if (credential.user.isEmpty() || credential.user.contains(QLatin1Char(':'))) {
        return Error{ErrorKind::BadInput,
                     Text::tr("“%1” is no name to sign in with").arg(credential.user),
                     credential.user.isEmpty() ? Text::tr("it is empty") : Text::tr("it holds a colon"),
                     {}};
    }
    Result<QString> password =
        isPiped ? passwordFromInput() : prompt({Text::tr("Password:"), Typing::Hidden, hint}, cancel);
    if (!password) {
        return password.error();
    }
    credential.password = *std::move(password);
    return credential;
}

/// Asks, checks, keeps. What was found out at the registry's door.
Result<LoginCheck> signIn(const CommandLine &line, const RegistryOptions &options, const QString &host,
                          QString &user, const CancelToken &cancel)
{
    const Result<std::shared_ptr<CredentialStore>> keeper = keeperOf(options, host, cancel);
    if (!keeper) {
        return keeper.error(); // before anybody types a password for nothing
    }
    const Result<Credential> credential = readCredential(line, cancel);
    if (!credential) {
        return credential.error();
    }
    user = credential->user;
    Result<LoginCheck> checked = checkLogin(options, host, *credential, cancel);
    if (!checked) {
        return checked;
    }
    const Status kept = (*keeper)->store(host, *credential, cancel);
    return kept ? std::move(checked) : cannotKeep(host, kept.error());
}

} // namespace

ExitStatus runLogin(const QStringList &words, Console &console)
{
    CommandLine line("login",
                     Text::tr("Checks a name and password with a registry, and keeps them in the desktop's "
                              "keyring. Asks for what is not given."),
                     {QStringLiteral("REGISTRY")});
    line.addShortValue(QLatin1Char('u'), kUser, Text::tr("The name to sign in with."),
                       QStringLiteral("NAME"));
    line.addFlag(kPasswordStdin, Text::tr("Read the password from standard input."));
    line.addAuthFile(Text::tr("Keep the login in this file (containers-auth.json) in place of the keyring: "
                              "readable, by its owner."));
    line.addConnection();
    if (const auto ended = line.read(words, console)) {
        return *ended;
    }
    const Result<QString> host = line.registryHost(0);
    const Result<RegistryOptions> options = line.registry();
    if (!host || !options) {
        return console.fail(host ? options.error() : host.error());
    }
    QString user;
    const auto checked = console.runWorker<LoginCheck>(
        [&](const TaskContext &context) { return signIn(line, *options, *host, user, context.cancel); });
    if (!checked) {
        return console.fail(checked.error());
    }
    const bool isInFile = !options->authFile.isEmpty();
    const bool isChecked = *checked == LoginCheck::Taken;
    console.print(isInFile
                      ? Text::tr("Signed in to %1 as %2; kept in %3.").arg(*host, user, options->authFile)
                      : Text::tr("Signed in to %1 as %2; kept in the keyring.").arg(*host, user));
    console.printJson({{QStringLiteral("event"), QStringLiteral("login")},
                       {QStringLiteral("registry"), *host},
                       {QStringLiteral("user"), user},
                       {QStringLiteral("checked"), isChecked},
                       {QStringLiteral("kept"), isInFile ? options->authFile : QStringLiteral("keyring")}});
    if (!isChecked) {
        console.note(
            Text::tr("%1 lets everybody in at its door: whether it takes this login could not be seen.")
                .arg(*host));
    }
    if (isInFile) {
        console.note(Text::tr("Whoever can read %1 can read the password.").arg(options->authFile));
    }
    return console.succeed();
}

} // namespace layerpool
