// SPDX-License-Identifier: Apache-2.0
#include "bundle/Inventory.h"

#include "base/OutputFiles.h"
#include "base/Text.h"
#include "bundle/BundleIndex.h"
#include "bundle/BundleReader.h"
#include "sign/SmallFile.h"

#include <utility>

namespace layerpool {
namespace {

QString howToMakeOne()
{
    return Text::tr("Make one with Write inventory in the window, or with layerpool-cli inventory");
}

} // namespace

Result<BundleContent> readInventory(const QString &path)
{
    const Result<QByteArray> bytes =
        readSmallFile(path, Text::tr("Cannot read the inventory %1").arg(path), BundleReader::mostIndexBytes);
    if (!bytes) {
        Error error = bytes.error();
        error.hint = howToMakeOne();
        return error;
    }
    Result<BundleContent> content = readBundleIndex(*bytes);
    if (!content) {
        return Error{ErrorKind::BadInput, Text::tr("%1 is no inventory").arg(path), content.error().why,
                     howToMakeOne()};
    }
    // Who has taken a bundle has what it leaves out, too: that it was there is the bundle's condition.
    for (const auto &[digest, size] : std::exchange(content->leftOut, {})) {
        content->blobBytes += content->blobs.emplace(digest, size).second ? size : 0;
    }
    content->leftOutIn.clear();
    return content;
}

QString describe(const BundleContent &content)
{
    return Text::tr("%1 with %2, %3", "repositories, blobs, bytes")
        .arg(Text::tr("%n repositories", nullptr, static_cast<int>(content.repositories.size())),
             Text::tr("%n blob(s)", nullptr, static_cast<int>(content.blobs.size())),
             formatBytes(content.blobBytes));
}

Status writeInventory(const QString &path, const BundleContent &content, bool replaces)
{
    return writeWhole(path, writeBundleIndex(content), replaces);
}

} // namespace layerpool
