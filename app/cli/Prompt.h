// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/CancelToken.h"
#include "base/Result.h"

#include <QString>

namespace layerpool {

/// Asks a person at the terminal, on standard error; `Hidden` shows nothing of what is typed. Blocks.
/// Errors: BadInput (standard input is no terminal), Cancelled.
enum class Typing { Shown, Hidden };
Result<QString> prompt(const QString &label, Typing typing, const CancelToken &cancel);

/// All of standard input, less the line's end that closes it. Error: BadInput (nothing came, or too much).
Result<QString> passwordFromInput();

} // namespace layerpool
