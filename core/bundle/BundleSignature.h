// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Result.h"
#include "bundle/FileSums.h"
#include "sign/PublicKey.h"
#include "sign/SignaturePolicy.h"

#include <optional>
#include <vector>

namespace layerpool {

struct SignatureRules
{
    SignaturePolicy policy = SignaturePolicy::Warn;
    std::vector<PublicKey> keys = {}; ///< that are trusted; without one nothing is checked

    /// With the keys that the user's settings trust, and the policy that is kept with them where no other is
    /// asked for. Errors: BadInput, Storage.
    static Result<SignatureRules> ofUser(std::optional<SignaturePolicy> policy = {});
};

/// What was found beside a bundle.
struct SignatureCheck
{
    enum class Kind {
        NotLookedAt,
        Unsigned,
        Unreadable, ///< there is a signature, of no known form
        NotTrusted, ///< by a key that nobody said to trust; whether it is good was not looked at
        Verified,   ///< by a trusted key
    };
    Kind kind = Kind::NotLookedAt;
    QString key = {};                 ///< the name of the key
    FileSums sums = {};               ///< of Verified: what was signed
    std::optional<Digest> index = {}; ///< of Verified: the sum of the bundle's index, where it is among them

    /// For people; empty where there is nothing to say.
    QString sentence() const;
};

/// Looks at the signature of a bundle, of which `file` is the whole or a volume, and reads nothing else of
/// it. Any thread; blocks shortly. Error: BadInput (refused: the policy asks for a signature that is not
/// there, or one of a trusted key does not verify), NotFound (a volume).
Result<SignatureCheck> checkSignature(const QString &file, const SignatureRules &rules);

} // namespace layerpool
