// SPDX-License-Identifier: Apache-2.0
#include "bundle/SourceImages.h"

#include "base/Text.h"
#include "bundle/BundleRefusal.h"
#include "pool/Pool.h"

namespace layerpool {

Result<Manifest> manifestOf(const SourceFiles &files, const SourceImages &images, const Digest &digest)
{
    if (const auto made = images.made.find(digest); made != images.made.end()) {
        return Pool::manifestIn(made->second, digest);
    }
    const auto file = images.files.find(digest);
    if (file == images.files.end()) {
        return Error{
            ErrorKind::NotFound, Text::tr("The manifest %1 is missing").arg(digest.toString()), {}, {}};
    }
    Result<QByteArray> bytes = files.text(file->second, Manifest::maxBytes);
    if (!bytes) {
        return bytes.error();
    }
    Result<Manifest> manifest = Pool::manifestIn(std::move(bytes), digest);
    return manifest ? std::move(manifest) : refusedEntry(files.path(), file->second, manifest.error().why);
}

} // namespace layerpool
