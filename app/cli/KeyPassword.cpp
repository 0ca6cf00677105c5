// SPDX-License-Identifier: Apache-2.0
#include "KeyPassword.h"

#include "Prompt.h"

#include "base/Secrecy.h"
#include "base/Text.h"

namespace layerpool {
namespace {

const QString kPasswordStdin = QStringLiteral("password-stdin");

Result<QString> ask(const QString &label, const CancelToken &cancel)
{
    return prompt({label, Typing::Hidden, Text::tr("Give the password with --password-stdin")}, cancel);
}

} // namespace

void addKeyPassword(CommandLine &line)
{
    line.addFlag(kPasswordStdin, Text::tr("Read the password of the secret key from standard input."));
}

Result<QString> newKeyPassword(const CommandLine &line, const CancelToken &cancel)
{
    if (line.isSet(kPasswordStdin)) {
        return passwordFromInput();
    }
    Result<QString> password = ask(Text::tr("Password for the new key:"), cancel);
    if (!password) {
        return password;
    }
    if (password->isEmpty()) {
        return Error{ErrorKind::BadInput,
                     Text::tr("The password is empty"),
                     {},
                     Text::tr("Choose one, or make a key without (--no-password)")};
    }
    Result<QString> again = ask(Text::tr("Once more:"), cancel);
    if (!again) {
        return again;
    }
    const bool isSame = *again == *password;
    wipe(*again);
    if (!isSame) {
        return Error{ErrorKind::BadInput, Text::tr("The two passwords differ"), {}, Text::tr("Try again")};
    }
    return password;
}

Result<SecretKey> openSecretKey(const QString &path, const CommandLine &line, Console &console)
{
    const Result<SecretKeyFile> file = SecretKeyFile::read(path);
    if (!file) {
        return file.error();
    }
    return console.runWorker<SecretKey>([&](const TaskContext &context) -> Result<SecretKey> {
        if (!file->isEncrypted()) {
            return file->open({});
        }
        Result<QString> password = line.isSet(kPasswordStdin)
                                       ? passwordFromInput()
                                       : ask(Text::tr("Password of %1:").arg(path), context.cancel);
        if (!password) {
            return password.error();
        }
        QByteArray bytes = password->toUtf8();
        wipe(*password);
        context.progress.setPhase(Text::tr("Opening the secret key"));
        Result<SecretKey> key = file->open(bytes);
        wipe(bytes);
        return key;
    });
}

} // namespace layerpool
