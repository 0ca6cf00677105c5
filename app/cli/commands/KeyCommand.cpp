// SPDX-License-Identifier: Apache-2.0
#include "Commands.h"
#include "KeyPassword.h"

#include "base/Secrecy.h"
#include "base/Text.h"
#include "sign/TrustedKeys.h"

namespace layerpool {
namespace {

const QString kNoPassword = QStringLiteral("no-password");

QJsonObject eventOf(const QString &what, const PublicKey &key)
{
    return {{QStringLiteral("event"), QStringLiteral("key")},
            {QStringLiteral("done"), what},
            {QStringLiteral("id"), key.name()},
            {QStringLiteral("public"), key.base64()}};
}

Result<PublicKey> makeKey(const QString &path, const CommandLine &line, const TaskContext &context)
{
    if (const Status isNew = SecretKeyFile::checkNew(path); !isNew) {
        return isNew.error(); // before anybody types a password for nothing
    }
    const SecretKey key = SecretKey::generate();
    Status written;
    if (line.isSet(kNoPassword)) {
        written = SecretKeyFile::writePair(path, key, std::nullopt, {});
    } else {
        Result<QString> password = newKeyPassword(line, context.cancel);
        if (!password) {
            return password.error();
        }
        QByteArray bytes = password->toUtf8();
        wipe(*password);
        context.progress.setPhase(Text::tr("Encrypting the secret key"));
        written = SecretKeyFile::writePair(path, key, bytes, {});
        wipe(bytes);
    }
    return written ? Result<PublicKey>(key.publicKey()) : written.error();
}

ExitStatus runNew(const CommandLine &line, const QString &path, Console &console)
{
    const auto made = console.runWorker<PublicKey>(
        [&](const TaskContext &context) { return makeKey(path, line, context); });
    if (!made) {
        return console.fail(made.error());
    }
    const QString published = SecretKeyFile::publicPathOf(path);
    console.print(Text::tr("Made the key %1: %2 signs, and stays here; %3 goes to whoever is to trust it.",
                           "2 and 3 are files")
                      .arg(made->name(), path, published));
    console.print(made->base64());
    QJsonObject event = eventOf(QStringLiteral("made"), *made);
    event.insert(QStringLiteral("secretFile"), path);
    event.insert(QStringLiteral("publicFile"), published);
    console.printJson(event);
    return console.succeed();
}

ExitStatus runTrust(const CommandLine &, const QString &fileOrBase64, Console &console)
{
    const Result<PublicKey> key = PublicKey::read(fileOrBase64);
    const Status added = key ? TrustedKeys().add(*key) : Status(key.error());
    if (!added) {
        return console.fail(added.error());
    }
    console.print(Text::tr("The key %1 is trusted.").arg(key->name()));
    console.printJson(eventOf(QStringLiteral("trusted"), *key));
    return console.succeed();
}

ExitStatus runList(const CommandLine &, const QString &, Console &console)
{
    const Result<std::vector<PublicKey>> keys = TrustedKeys().keys();
    if (!keys) {
        return console.fail(keys.error());
    }
    for (const PublicKey &key : *keys) {
        console.print(key.name() + QStringLiteral("  ") + key.base64());
        console.printJson(eventOf(QStringLiteral("listed"), key));
    }
    if (keys->empty()) {
        console.note(Text::tr("No key is trusted."));
    }
    return console.succeed();
}

ExitStatus runForget(const CommandLine &, const QString &name, Console &console)
{
    const Result<bool> wasThere = TrustedKeys().forget(name);
    if (!wasThere) {
        return console.fail(wasThere.error());
    }
    if (!*wasThere) {
        return console.fail({ErrorKind::NotFound,
                             Text::tr("No trusted key is named “%1”").arg(name),
                             {},
                             Text::tr("See layerpool-cli key list")});
    }
    const bool isFile = name.endsWith(QLatin1String(".pub")); // which may hold no key at all
    const QString id = isFile ? name : name.toUpper();
    console.print(Text::tr("The key %1 is no longer trusted.").arg(id));
    console.printJson({{QStringLiteral("event"), QStringLiteral("key")},
                       {QStringLiteral("done"), QStringLiteral("forgotten")},
                       {QStringLiteral("id"), id}});
    return console.succeed();
}

QString meaningOf(SignaturePolicy policy)
{
    switch (policy) {
    case SignaturePolicy::Warn:
        return Text::tr("A bundle that no trusted key has signed is taken, and it is said.");
    case SignaturePolicy::Require:
        return Text::tr("A bundle that no trusted key has signed is refused.");
    case SignaturePolicy::Ignore:
        break;
    }
    return Text::tr("No signature of a bundle is looked at.");
}

Result<SignaturePolicy> policyFor(const QString &word)
{
    const TrustedKeys trusted;
    if (word.isEmpty()) {
        return trusted.policy();
    }
    const QStringList words = signaturePolicyWords();
    const qsizetype index = words.indexOf(word);
    if (index < 0) {
        return Error{ErrorKind::BadInput,
                     Text::tr("“%1” is no policy").arg(word),
                     Text::tr("it is one of: %1").arg(words.join(QStringLiteral(", "))),
                     {}};
    }
    const auto policy = static_cast<SignaturePolicy>(index);
    const Status kept = trusted.setPolicy(policy);
    return kept ? Result<SignaturePolicy>(policy) : kept.error();
}

ExitStatus runPolicy(const CommandLine &, const QString &word, Console &console)
{
    const Result<SignaturePolicy> policy = policyFor(word);
    if (!policy) {
        return console.fail(policy.error());
    }
    const QString name = signaturePolicyWords().at(static_cast<qsizetype>(*policy));
    console.print(QStringLiteral("%1: %2").arg(name, meaningOf(*policy)));
    console.printJson(
        {{QStringLiteral("event"), QStringLiteral("policy")}, {QStringLiteral("policy"), name}});
    const Result<std::vector<PublicKey>> keys = TrustedKeys().keys();
    if (*policy == SignaturePolicy::Require && keys && keys->empty()) {
        console.note(Text::tr("No key is trusted: every bundle is refused."));
    }
    return console.succeed();
}

enum class KeyArgument { None, Needed, Optional };

struct Deed
{
    QLatin1String name;
    KeyArgument argument;
    ExitStatus (*run)(const CommandLine &line, const QString &argument, Console &console);
};

constexpr Deed kDeeds[] = {{QLatin1String("new"), KeyArgument::Needed, runNew},
                           {QLatin1String("trust"), KeyArgument::Needed, runTrust},
                           {QLatin1String("list"), KeyArgument::None, runList},
                           {QLatin1String("forget"), KeyArgument::Needed, runForget},
                           {QLatin1String("policy"), KeyArgument::Optional, runPolicy}};

bool takes(const Deed &deed, const QString &argument)
{
    return deed.argument == KeyArgument::Optional ||
           (deed.argument == KeyArgument::Needed) != argument.isEmpty();
}

} // namespace

ExitStatus runKey(const QStringList &words, Console &console)
{
    CommandLine line(
        "key",
        Text::tr("Makes a key that signs bundles: “new FILE” makes FILE, which is secret, and "
                 "FILE.pub, as minisign does. “trust FILE.pub” (or what stands in it) trusts the "
                 "bundles that such a key has signed, “list” names those that are trusted, and "
                 "“forget ID” ends it. “policy” says what becomes of bundles that none of them has "
                 "signed, and “policy warn”, “policy require” or “policy ignore” decides it, for both "
                 "programs."),
        {QStringLiteral("ACTION"), QStringLiteral("FILE|ID|POLICY?")});
    line.addFlag(kNoPassword, Text::tr("Make a key that whoever can read its file can sign with."));
    addKeyPassword(line);
    if (const auto ended = line.read(words, console)) {
        return *ended;
    }
    const QString argument = line.argument(1);
    for (const Deed &deed : kDeeds) {
        if (line.argument(0) == deed.name && takes(deed, argument)) {
            return deed.run(line, argument, console);
        }
    }
    return console.fail(
        {ErrorKind::BadInput,
         Text::tr("“%1” is not understood").arg((line.argument(0) + u' ' + argument).trimmed()),
         Text::tr("it is one of: %1")
             .arg(QStringLiteral("new FILE, trust FILE.pub, list, forget ID, policy [warn|require|ignore]")),
         Text::tr("See layerpool-cli key --help")});
}

} // namespace layerpool
