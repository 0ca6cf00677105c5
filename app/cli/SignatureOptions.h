// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CommandLine.h"
#include "bundle/BundleSignature.h"

namespace layerpool {

/// What was said for one command of the signatures of bundles. Of a pool in a folder it means nothing.
class SignatureOptions
{
public:
    /// Adds `--trust` and `--signature`.
    static void addTo(CommandLine &line);
    /// Error: BadInput. Of a command that has none of them, nothing was said.
    static Result<SignatureOptions> read(const CommandLine &line);

    /// The rules to go by, with what the user's settings keep. Errors: BadInput, Storage.
    Result<SignatureRules> rules() const;

private:
    std::optional<SignaturePolicy> m_policy;
    std::vector<PublicKey> m_keys;
};

} // namespace layerpool
