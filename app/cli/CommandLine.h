// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Console.h"
#include "image/ImagesList.h"
#include "image/NamingRules.h"
#include "registry/RegistryOptions.h"

#include <QCommandLineParser>

#include <optional>

namespace layerpool {

/// The words of one command: which arguments and options it takes, and what was given. Help comes from the
/// same tables.
class CommandLine
{
public:
    /// `arguments`: names for the usage line; one that ends in `?` may be left out.
    CommandLine(const QByteArray &command, const QString &description, const QStringList &arguments);

    CommandLine &addLists(bool isRequired);
    CommandLine &addDryRun();
    CommandLine &addSource();
    /// How a registry is reached.
    CommandLine &addConnection();
    /// The same, with a login and for many transfers.
    CommandLine &addRegistry();
    CommandLine &addAuthFile(const QString &description);
    CommandLine &addReferrers();
    CommandLine &addFlag(const QString &name, const QString &description);
    CommandLine &addValue(const QString &name, const QString &description, const QString &valueName);
    CommandLine &addShortValue(QLatin1Char letter, const QString &name, const QString &description,
                               const QString &valueName);

    /// Reads what was typed and sets the console up. Nothing to go on with where it holds an exit status:
    /// help was asked for, or a word is wrong.
    std::optional<ExitStatus> read(const QStringList &words, Console &console);

    QString argument(int position) const { return m_parser.positionalArguments().value(position); }
    /// Of an option that the command does not take: nothing was given.
    bool isSet(const QString &option) const { return m_options.contains(option) && m_parser.isSet(option); }
    QString value(const QString &option) const { return isSet(option) ? m_parser.value(option) : QString(); }
    QStringList values(const QString &option) const
    {
        return isSet(option) ? m_parser.values(option) : QStringList();
    }

    /// Which of the words was given; the first where the option was not. Error: BadInput.
    Result<qsizetype> choice(const QString &option, const QStringList &words) const;

    /// Error: BadInput.
    Result<int> number(const QString &option, NumberRange range) const;

    /// The lists that were named, as one; nothing where none was. Reports repeated and bad lines; bad ones
    /// are an error unless `--skip-bad-lines` was given.
    Result<std::optional<ImagesList>> lists(Console &console) const;
    /// Tells the console what an early end leaves undone. `lists` does it by itself.
    void expectLines(const QStringList &lines, Console &console) const;
    /// The name of the list for titles.
    QString listName() const;
    /// Whether signatures and the like come along with their image.
    bool takesReferrers() const;
    Result<NamingRules> naming() const;
    Result<RegistryOptions> registry() const;
    /// A positional argument that is a whole registry: HOST[:PORT].
    Result<QString> registryHost(int position) const;

private:
    QString help() const;
    void addOption(const QCommandLineOption &option);
    QString authFile() const;

    QByteArray m_command;
    QStringList m_arguments;
    QStringList m_options; ///< that the command takes
    bool m_needsList = false;
    bool m_looksUpLogins = false; ///< and keeps none
    QCommandLineParser m_parser;
};

} // namespace layerpool
