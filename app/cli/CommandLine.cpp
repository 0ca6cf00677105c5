// SPDX-License-Identifier: Apache-2.0
#include "CommandLine.h"

#include "NearestWord.h"

#include "base/ByteSize.h"
#include "base/Text.h"
#include "registry/Credentials.h"
#include "registry/Keyring.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace layerpool {
namespace {

const QString kList = QStringLiteral("list");
const QString kHelp = QStringLiteral("help");
const QString kNoReferrers = QStringLiteral("no-referrers");
const QString kSkipBadLines = QStringLiteral("skip-bad-lines");

Error badWord(const QString &what, const QString &why)
{
    return {ErrorKind::BadInput, what, why, {}};
}

/// As a usage writes it: what can be left out ends in "?".
QString syntaxOf(const QString &argument)
{
    return argument.endsWith(QLatin1Char('?')) ? QStringLiteral("[%1]").arg(argument.chopped(1)) : argument;
}

} // namespace

CommandLine::CommandLine(const QByteArray &command, const QString &description, const QStringList &arguments)
    : m_command(command), m_arguments(arguments)
{
    m_parser.setApplicationDescription(description);
    m_parser.setSingleDashWordOptionMode(QCommandLineParser::ParseAsCompactedShortOptions);
    addOption(QCommandLineOption({QStringLiteral("h"), kHelp}, Text::tr("Show this help.")));
    m_parser.addPositionalArgument(QString::fromLatin1(command), {});
    for (const QString &argument : arguments) {
        m_parser.addPositionalArgument(argument.section(QLatin1Char('?'), 0, 0), {}, syntaxOf(argument));
    }
    addFlag(QStringLiteral("json"), Text::tr("Print one JSON object a line on standard output."));
    addValue(QStringLiteral("log"), Text::tr("Keep a detailed log; secrets never reach it."),
             QStringLiteral("FILE"));
}

void CommandLine::addOption(const QCommandLineOption &option)
{
    m_parser.addOption(option);
    m_options << option.names();
}

CommandLine &CommandLine::addFlag(const QString &name, const QString &description)
{
    addOption(QCommandLineOption(name, description));
    return *this;
}

CommandLine &CommandLine::addValue(const QString &name, const QString &description, const QString &valueName)
{
    addOption(QCommandLineOption(name, description, valueName));
    return *this;
}

CommandLine &CommandLine::addShortValue(QLatin1Char letter, const QString &name, const QString &description,
                                        const QString &valueName)
{
    addOption(QCommandLineOption({QString(letter), name}, description, valueName));
    return *this;
}

CommandLine &CommandLine::addDryRun()
{
    return addFlag(QStringLiteral("dry-run"), Text::tr("Show the plan and do nothing."));
}

CommandLine &CommandLine::addLists(bool isRequired)
{
    m_needsList = isRequired;
    addValue(kList,
             Text::tr("The images: one a line; “-” is standard input, a folder every *.list and *.txt in it. "
                      "May be repeated."),
             QStringLiteral("FILE"));
    addFlag(kSkipBadLines,
            Text::tr("Go on without lines that cannot be understood; the run then ends with 1."));
    addValue(QStringLiteral("failed"),
             Text::tr("Write the lines of failed images there, as a list to run again."),
             QStringLiteral("FILE"));
    return *this;
}

CommandLine &CommandLine::addSource()
{
    addValue(QStringLiteral("source"), Text::tr("Answers for lines that name no registry (docker.io)."),
             QStringLiteral("HOST[:PORT][/PREFIX]"));
    addValue(QStringLiteral("mirror"),
             Text::tr("Ask this mirror first for lines of that registry. May be repeated."),
             QStringLiteral("HOST=HOST[:PORT][/PREFIX]"));
    addFlag(QStringLiteral("keep-host"),
            Text::tr("Put the registry's name in front of the names in the pool."));
    return addRegistry();
}

CommandLine &CommandLine::addReferrers()
{
    return addFlag(kNoReferrers,
                   Text::tr("Leave out signatures, attestations and other referrers; else they come along "
                            "with their image."));
}

bool CommandLine::takesReferrers() const
{
    return !isSet(kNoReferrers);
}

CommandLine &CommandLine::addConnection()
{
    addValue(QStringLiteral("insecure"),
             Text::tr("Allow an unverified certificate, or plain HTTP, for this host. May be repeated."),
             QStringLiteral("HOST[:PORT]"));
    addValue(QStringLiteral("ca"), Text::tr("Trust the authorities in this PEM file beside the system's."),
             QStringLiteral("FILE"));
    addValue(
        QStringLiteral("realm"),
        Text::tr("Let this login server see the password of a registry of another site. May be repeated."),
        QStringLiteral("HOST[:PORT]"));
    addValue(QStringLiteral("cert"),
             Text::tr("Show this client certificate (PEM) to a registry that asks for one."),
             QStringLiteral("FILE"));
    addValue(QStringLiteral("key"), Text::tr("The key of --cert (PEM, without a password)."),
             QStringLiteral("FILE"));
    addValue(
        QStringLiteral("proxy"),
        Text::tr("Go through this proxy, http:// or socks5://, or through “none” (as HTTPS_PROXY, HTTP_PROXY "
                 "and NO_PROXY say)."),
        QStringLiteral("URL"));
    addValue(QStringLiteral("limit-rate"),
             Text::tr("Move no more bytes a second than this, over all transfers, as 500K or 2Mi."),
             QStringLiteral("RATE"));
    addValue(QStringLiteral("retries"),
             Text::tr("How often a request is tried that fails for a passing reason (5)."),
             QStringLiteral("N"));
    addValue(QStringLiteral("timeout"),
             Text::tr("Seconds without any byte until a connection counts as dead (30)."),
             QStringLiteral("SECONDS"));
    return *this;
}

CommandLine &CommandLine::addRegistry()
{
    addConnection();
    addAuthFile(
        Text::tr("Look here first for names and passwords (containers-auth.json; $REGISTRY_AUTH_FILE)."));
    m_looksUpLogins = true;
    addValue(QStringLiteral("jobs"), Text::tr("Transfers at a time (8)."), QStringLiteral("N"));
    return *this;
}

CommandLine &CommandLine::addAuthFile(const QString &description)
{
    return addValue(QStringLiteral("authfile"), description, QStringLiteral("FILE"));
}

// As the README writes it: Qt puts the options in front of the command.
QString CommandLine::help() const
{
    QStringList words{QStringLiteral("layerpool-cli"), QString::fromLatin1(m_command)};
    std::transform(m_arguments.begin(), m_arguments.end(), std::back_inserter(words), syntaxOf);
    const QString text = m_parser.helpText().trimmed();
    return Text::tr("Usage: %1 [options]").arg(words.join(QLatin1Char(' '))) +
           text.sliced(text.indexOf(QLatin1Char('\n')));
}

std::optional<ExitStatus> CommandLine::read(const QStringList &words, Console &console)
{
    const bool isUnderstood = m_parser.parse(words);
    const Status configured = console.configure(
        {m_parser.isSet(QStringLiteral("json")), isUnderstood ? value(QStringLiteral("log")) : QString(),
         isUnderstood && m_parser.isSet(kHelp) ? QString()
         : isUnderstood && m_parser.optionNames().contains(QStringLiteral("failed"))
             ? value(QStringLiteral("failed"))
             : QString()});
    if (m_parser.isSet(kHelp)) {
        console.print(help());
        return ExitStatus::Done;
    }
    const QString seeHelp = Text::tr("See layerpool-cli %1 --help").arg(QString::fromLatin1(m_command));
    if (!isUnderstood) {
        QString why = m_parser.errorText();
        if (why.endsWith(QLatin1Char('.'))) {
            why.chop(1);
        }
        const QString meant = nearestWord(m_parser.unknownOptionNames().value(0), m_options);
        return console.fail(
            {ErrorKind::BadInput, why, {}, hintWithGuess(meant, QStringLiteral("--"), seeHelp)});
    }
    if (!configured) {
        return console.fail(configured.error());
    }
    const auto most = m_arguments.size();
    const auto least = std::count_if(m_arguments.begin(), m_arguments.end(),
                                     [](const QString &name) { return !name.endsWith(QLatin1Char('?')); });
    const auto given = m_parser.positionalArguments().size();
    if (given < least) {
        return console.fail(
            {ErrorKind::BadInput, Text::tr("%1 is missing").arg(m_arguments.at(given)), {}, seeHelp});
    }
    if (given > most) {
        return console.fail({ErrorKind::BadInput,
                             Text::tr("“%1” is one word too many").arg(argument(static_cast<int>(most))),
                             {},
                             seeHelp});
    }
    if (m_needsList && !isSet(kList)) {
        return console.fail({ErrorKind::BadInput, Text::tr("--list FILE is missing"), {}, seeHelp});
    }
    return std::nullopt;
}

Result<qsizetype> CommandLine::choice(const QString &option, const QStringList &words) const
{
    const QString word = value(option);
    const qsizetype index = isSet(option) ? words.indexOf(word) : 0;
    if (index < 0) {
        return badWord(Text::tr("--%1 does not take “%2”").arg(option, word),
                       Text::tr("it is one of: %1").arg(words.join(QStringLiteral(", "))));
    }
    return index;
}

Result<int> CommandLine::number(const QString &option, NumberRange range) const
{
    bool isNumber = false;
    const int number = m_parser.value(option).toInt(&isNumber);
    if (!isNumber || number < range.least || number > range.most) {
        return badWord(Text::tr("--%1 does not take “%2”").arg(option, m_parser.value(option)),
                       Text::tr("it is a number from %1 to %2").arg(range.least).arg(range.most));
    }
    return number;
}

Result<std::optional<ImagesList>> CommandLine::lists(Console &console) const
{
    if (!isSet(kList)) {
        return std::optional<ImagesList>();
    }
    ImagesList list;
    for (const QString &path : values(kList)) {
        Status added;
        if (path == QLatin1String("-")) {
            QFile input;
            added = input.open(stdin, QIODevice::ReadOnly)
                        ? list.addDevice(input, Text::tr("standard input"))
                        : Status(badWord(Text::tr("Cannot read standard input"), input.errorString()));
        } else {
            added = list.addPath(path);
        }
        if (!added) {
            return added.error();
        }
    }
    for (const ListLine &line : list.ofKind(ListLine::Kind::Repeated)) {
        console.note(
            QStringLiteral("%1:%2: “%3” %4.").arg(line.file).arg(line.number).arg(line.text, line.problem));
    }
    const std::vector<ListLine> bad = list.ofKind(ListLine::Kind::Bad);
    for (const ListLine &line : bad) {
        console.note(
            QStringLiteral("%1:%2: “%3”: %4.").arg(line.file).arg(line.number).arg(line.text, line.problem));
    }
    if (!bad.empty() && !isSet(kSkipBadLines)) {
        return Error{ErrorKind::BadInput,
                     Text::tr("%n line(s) cannot be understood", nullptr, static_cast<int>(bad.size())),
                     {},
                     Text::tr("Correct them, or leave them out with --skip-bad-lines")};
    }
    console.leaveOut(static_cast<qint64>(bad.size()));
    if (list.images().empty()) {
        return badWord(Text::tr("The list holds no image"), Text::tr("there is nothing to do"));
    }
    QStringList lines;
    for (const ListLine &line : list.images()) {
        lines << line.text;
    }
    expectLines(lines, console);
    return std::optional(std::move(list));
}

void CommandLine::expectLines(const QStringList &lines, Console &console) const
{
    if (!isSet(QStringLiteral("dry-run"))) { // of which nothing is left undone
        console.expectLines(lines);
    }
}

QString CommandLine::listName() const
{
    const QStringList paths = values(kList);
    return paths.size() == 1 ? (paths.front() == QLatin1String("-") ? Text::tr("standard input")
                                                                    : QFileInfo(paths.front()).fileName())
                             : Text::tr("%n list(s)", nullptr, static_cast<int>(paths.size()));
}

Result<NamingRules> CommandLine::naming() const
{
    NamingRules rules;
    rules.keepsHost = isSet(QStringLiteral("keep-host"));
    if (isSet(QStringLiteral("source"))) {
        Result<RegistryAddress> source = RegistryAddress::parse(value(QStringLiteral("source")));
        if (!source) {
            return source.error();
        }
        rules.source = *std::move(source);
    }
    for (const QString &pair : values(QStringLiteral("mirror"))) {
        const qsizetype equals = pair.indexOf(QLatin1Char('='));
        if (equals <= 0) {
            return badWord(Text::tr("--mirror does not take “%1”").arg(pair),
                           Text::tr("it is HOST=HOST[:PORT][/PREFIX]"));
        }
        const Result<RegistryAddress> registry = RegistryAddress::parse(QStringView(pair).first(equals));
        Result<RegistryAddress> mirror = RegistryAddress::parse(QStringView(pair).sliced(equals + 1));
        if (!registry || !mirror) {
            return registry ? mirror.error() : registry.error();
        }
        rules.mirrors[registry->host].push_back(*std::move(mirror));
    }
    return rules;
}

Result<QString> CommandLine::registryHost(int position) const
{
    const Result<RegistryAddress> address = RegistryAddress::parse(argument(position));
    if (!address) {
        return address.error();
    }
    if (!address->prefix.isEmpty()) {
        return badWord(Text::tr("“%1” is more than a registry").arg(argument(position)),
                       Text::tr("a login is for all of %1").arg(address->host));
    }
    return address->host;
}

// Whoever sets the variable for a command means it as if he had typed the option, as with skopeo and podman:
// it comes before the keyring. One that names no file is told of where a login is missing.
QString CommandLine::authFile() const
{
    const QString typed = value(QStringLiteral("authfile"));
    const QString named = Credentials::namedByEnvironment();
    return typed.isEmpty() && m_looksUpLogins && QFileInfo::exists(named) ? named : typed;
}

Result<RegistryOptions> CommandLine::registry() const
{
    RegistryOptions options;
    options.http.insecureHosts = values(QStringLiteral("insecure"));
    options.http.caFile = value(QStringLiteral("ca"));
    options.authFile = authFile();
    options.trustedRealms = values(QStringLiteral("realm"));
    options.keyring = std::make_shared<Keyring>();
    options.http.certificateFile = value(QStringLiteral("cert"));
    options.http.keyFile = value(QStringLiteral("key"));
    options.http.proxy = value(QStringLiteral("proxy"));
    if (options.http.proxy.contains(QLatin1Char('@'))) { // all of it is left out of the message
        return badWord(
            Text::tr("--proxy takes no name and password"),
            Text::tr("whoever is on this machine can read a command line; HTTPS_PROXY takes them"));
    }
    if (isSet(QStringLiteral("limit-rate"))) {
        const std::optional<qint64> rate = parseByteSize(value(QStringLiteral("limit-rate")));
        if (!rate) {
            return badWord(
                Text::tr("--limit-rate does not take “%1”").arg(value(QStringLiteral("limit-rate"))),
                Text::tr("it is bytes a second, as 500K, 2M or 2Mi"));
        }
        options.http.rateLimit = std::make_shared<RateLimit>(*rate);
    }
    struct Number
    {
        QString option;
        NumberRange range;
        int &target;
    };
    for (const Number &wanted :
         {Number{QStringLiteral("jobs"), jobsRange, options.jobs},
          Number{QStringLiteral("retries"), triesRange, options.http.tries},
          Number{QStringLiteral("timeout"), idleSecondsRange, options.http.idleSeconds}}) {
        if (isSet(wanted.option)) {
            const Result<int> given = number(wanted.option, wanted.range);
            if (!given) {
                return given.error();
            }
            wanted.target = *given;
        }
    }
    return options;
}

} // namespace layerpool
