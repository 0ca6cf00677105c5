// SPDX-License-Identifier: Apache-2.0
#include "bundle/Inventory.h"

#include "base/OutputFiles.h"
#include "base/Text.h"
#include "bundle/BundleIndex.h"
#include "bundle/BundleReader.h"
#include "bundle/SelectionContent.h"
#include "bundle/SignedBundle.h"
#include "pool/PoolContents.h"

#include <QFile>

#include <iterator>

namespace layerpool {
namespace {

QString howToMakeOne()
{
    return Text::tr("Make one with Write inventory in the window, or with layerpool-cli inventory");
}

} // namespace

Result<BundleContent> readInventory(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{file.exists() ? ErrorKind::Storage : ErrorKind::NotFound,
                     Text::tr("Cannot read the inventory %1").arg(path), file.errorString(), howToMakeOne()};
    }
    const Result<BundleContent> content =
        file.size() <= BundleReader::mostIndexBytes
            ? readBundleIndex(file.readAll())
            : Result<BundleContent>(Error{ErrorKind::BadInput, {}, Text::tr("it is too large"), {}});
    if (!content) {
        return Error{ErrorKind::BadInput, Text::tr("%1 is no inventory").arg(path), content.error().why,
                     howToMakeOne()};
    }
    return content;
}

BundleContent inventoryOf(const PoolIndex &index, const Selection &selection)
{
    BundleContent content = contentOf(selection);
    if (const PoolContents *bundle = index.pool().contents()) {
        for (auto blob = content.blobs.begin(); blob != content.blobs.end();) {
            const bool isLeftOut = bundle->isLeftOut(blob->first);
            content.blobBytes -= isLeftOut ? blob->second : 0;
            blob = isLeftOut ? content.blobs.erase(blob) : std::next(blob);
        }
    }
    return content;
}

Result<BundleContent> inventoryOfBundle(const QString &path, const SignatureCheck &signature,
                                        const CancelToken &cancel)
{
    const Result<std::unique_ptr<BundleReader>> reader = BundleReader::open(path, cancel);
    if (!reader) {
        return reader.error();
    }
    Result<BundleContent> content = (*reader)->read([](const Descriptor &, BlobBytes &) { return Status(); });
    const Status same = content ? checkNames(path, signature, *content) : Status();
    return same ? std::move(content) : Result<BundleContent>(same.error());
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
