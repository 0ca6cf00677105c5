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
    CommandLine &addRegistry();
    CommandLine &addFlag(const QString &name, const QString &description);
    CommandLine &addValue(const QString &name, const QString &description, const QString &valueName);

    /// Reads what was typed and sets the console up. Nothing to go on with where it holds an exit status:
    /// help was asked for, or a word is wrong.
    std::optional<ExitStatus> read(const QStringList &words, Console &console);

    QString argument(int position) const { return m_parser.positionalArguments().value(position); }
    bool isSet(const QString &option) const { return m_parser.isSet(option); }
    QString value(const QString &option) const { return m_parser.value(option); }
    QStringList values(const QString &option) const { return m_parser.values(option); }

    /// The lists that were named, as one; nothing where none was. Reports repeated and bad lines; bad ones
    /// are an error unless `--skip-bad-lines` was given.
    Result<std::optional<ImagesList>> lists(Console &console) const;
    /// The name of the list for titles.
    QString listName() const;
    Result<NamingRules> naming() const;
    Result<RegistryOptions> registry() const;

private:
    void addOption(const QCommandLineOption &option);

    QByteArray m_command;
    QStringList m_arguments;
    bool m_needsList = false;
    QCommandLineParser m_parser;
};

} // namespace layerpool
