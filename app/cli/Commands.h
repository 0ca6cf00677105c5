// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Console.h"

#include <QStringList>

namespace layerpool {

/// One verb of the command line. `words` are the program's name and the verb's own words.
struct Command
{
    const char *name;
    const char *summary; ///< to be translated, in the context of Text
    ExitStatus (*run)(const QStringList &words, Console &console);
};

ExitStatus runConvert(const QStringList &words, Console &console);
ExitStatus runSelect(const QStringList &words, Console &console);
ExitStatus runTar(const QStringList &words, Console &console);
ExitStatus runImport(const QStringList &words, Console &console);
ExitStatus runExport(const QStringList &words, Console &console);
ExitStatus runPush(const QStringList &words, Console &console);
ExitStatus runVerify(const QStringList &words, Console &console);
ExitStatus runLs(const QStringList &words, Console &console);
ExitStatus runInventory(const QStringList &words, Console &console);
ExitStatus runStats(const QStringList &words, Console &console);
ExitStatus runKey(const QStringList &words, Console &console);
ExitStatus runServe(const QStringList &words, Console &console);
ExitStatus runLogin(const QStringList &words, Console &console);
ExitStatus runLogout(const QStringList &words, Console &console);

} // namespace layerpool
