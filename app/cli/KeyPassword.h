// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CommandLine.h"
#include "sign/SecretKeyFile.h"

namespace layerpool {

/// Adds `--password-stdin`.
void addKeyPassword(CommandLine &line);

/// Asks for the password of a key that is made, twice. Errors: BadInput, Cancelled.
Result<QString> newKeyPassword(const CommandLine &line, const CancelToken &cancel);

/// Reads a secret key, and asks for its password where it has one. Errors: those of SecretKeyFile, BadInput
/// (nobody to ask), Cancelled.
Result<SecretKey> openSecretKey(const QString &path, const CommandLine &line, Console &console);

} // namespace layerpool
