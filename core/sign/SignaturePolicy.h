// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

namespace layerpool {

/// What becomes of a bundle that no trusted key has signed.
enum class SignaturePolicy {
    Warn,    ///< it is said, and goes in
    Require, ///< it is refused
    Ignore,  ///< nothing is looked at
};

/// How they are written, in that order.
inline QStringList signaturePolicyWords()
{
    return {QStringLiteral("warn"), QStringLiteral("require"), QStringLiteral("ignore")};
}

} // namespace layerpool
