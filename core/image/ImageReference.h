// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Digest.h"
#include "base/Result.h"
#include "image/RepositoryName.h"

#include <optional>

namespace layerpool {

/// One image as a list names it: `[registry/]repository[:tag][@digest]` (the reference grammar of
/// Docker Distribution). It stays as it was written; NamingRules says where to ask and where to keep it.
struct ImageReference
{
    QString registry; ///< host and port in lower case; empty where none was written
    RepositoryName repository;
    QString tag; ///< `latest` where neither tag nor digest was written; empty for a digest alone
    std::optional<Digest> digest;
    bool isTagImplied = false; ///< nobody wrote `latest`

    /// Errors: BadInput, whose `why` is a phrase such as "there is a blank inside".
    static Result<ImageReference> parse(QStringView text);

    /// The reference in full, the implied tag too.
    QString toString() const;
};

} // namespace layerpool
