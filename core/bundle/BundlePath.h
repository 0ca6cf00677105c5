// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Digest.h"
#include "base/Result.h"
#include "image/RepositoryName.h"

namespace layerpool {

/// Where a bundle carries the program for the far side, as the one file in there.
inline constexpr char bundleToolFolder[] = "layerpool/tool/";

/// The name of a bundle's entry, understood: a place in the registry's storage layout, or one that a registry
/// or a pool keeps beside it. Nothing else has a name here, so no text from outside becomes part of a path.
struct BundlePath
{
    enum class Kind {
        Folder,       ///< on the way to one of the next
        Blob,         ///< `digest`
        LayerLink,    ///< `repository` may serve `digest`
        RevisionLink, ///< the same of a manifest
        TagLink,      ///< what `tag` of `repository` points at
        TagHistory,   ///< that it once pointed at `digest`
        Index,        ///< what the bundle lists of itself
        Tool,         ///< the program for the far side
        LeftOut,      ///< the README, a registry's running uploads, a pool's own state: never read
    };
    Kind kind = Kind::Folder;
    Digest digest = {};
    RepositoryName repository = {};
    QString tag = {};

    bool isLink() const { return kind >= Kind::LayerLink && kind <= Kind::TagHistory; }

    /// `./` may stand in front. Errors: BadInput, whose `why` is a phrase such as "its path is absolute".
    static Result<BundlePath> parse(const QByteArray &name, bool isFolder);
};

/// Whether that program may be called so: letters, digits and `.`, `_`, `+`, `-`, the first no sign.
bool isToolName(QByteArrayView name);

/// Why no entry of a bundle may have such a name, wherever it stands; empty where it may.
QString whyUnsafeName(const QByteArray &name);

} // namespace layerpool
