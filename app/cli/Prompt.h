// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/CancelToken.h"
#include "base/Result.h"

#include <QString>

namespace layerpool {

enum class Typing { Shown, Hidden };

/// What to ask a person for, and how a script gives it.
struct Question
{
    QString label;
    Typing typing = Typing::Hidden;
    QString hint; ///< said where nobody can be asked
};

/// Asks at the terminal, on standard error; `Hidden` shows nothing of what is typed. Blocks. Errors: BadInput
/// (standard input is no terminal), Cancelled.
Result<QString> prompt(const Question &question, const CancelToken &cancel);

/// All of standard input, less the line's end that closes it. Error: BadInput (nothing came, or too much).
Result<QString> passwordFromInput();

} // namespace layerpool
