// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QHash>

#include <vector>

namespace layerpool {

/// One challenge of a `WWW-Authenticate` header (RFC 9110, section 11.6.1).
struct AuthChallenge
{
    QByteArray scheme;                        ///< in lower case: `basic`, `bearer`
    QHash<QByteArray, QByteArray> parameters; ///< names in lower case

    /// All challenges of a header; several headers, joined by commas, are the same as one.
    static std::vector<AuthChallenge> parse(const QByteArray &header);
};

} // namespace layerpool
