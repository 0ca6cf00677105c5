// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Digest.h"
#include "base/Result.h"
#include "image/RepositoryName.h"
#include "image/TagPattern.h"

#include <optional>

namespace layerpool {

/// One image as a list names it: `[registry/]repository[:tag][@digest]` (the reference grammar of
/// Docker Distribution), or all whose tags match a pattern in the tag's place. It stays as it was written;
/// NamingRules says where to ask and where to keep it.
struct ImageReference
{
    QString registry; ///< host and port in lower case; empty where none was written
    RepositoryName repository;
    QString tag; ///< `latest` where neither tag nor digest was written; empty for a digest alone
    std::optional<Digest> digest;
    bool isTagImplied = false;         ///< nobody wrote `latest`
    std::optional<TagPattern> pattern; ///< where `tag` is one; never with a digest

    /// Errors: BadInput, whose `why` is a phrase such as "there is a blank inside".
    static Result<ImageReference> parse(QStringView text);

    /// The reference in full, the implied tag too.
    QString toString() const;
    /// One of the images that the pattern stands for.
    ImageReference withTag(const QString &matchingTag) const;
};

} // namespace layerpool
