// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Digest.h"

#include <QStringList>

#include <optional>

namespace layerpool {

/// A tag by which clients find what refers to a manifest: OCI's fallback tag `sha256-<hex>`
/// (distribution-spec 1.1, "Referrers Tag Schema"), or one of cosign's, `sha256-<hex>.sig`, `.att` and
/// `.sbom`.
struct ReferrerTag
{
    Digest subject;
    QString ending; ///< empty for the fallback tag, else `.sig`, `.att` or `.sbom`

    /// Nothing where it is a tag of another kind; a digest cut short is one.
    static std::optional<ReferrerTag> parse(QStringView tag);
    static bool isOne(QStringView tag) { return parse(tag).has_value(); }
    /// Cosign's, in the order in which they are looked for.
    static const QStringList &cosignEndings();

    QString toString() const;
};

} // namespace layerpool
