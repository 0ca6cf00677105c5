// SPDX-License-Identifier: Apache-2.0
#include "bundle/BundleEntries.h"

#include "bundle/BundleStream.h"
#include "bundle/TarReader.h"
#include "bundle/ZipReader.h"

namespace layerpool {

Result<std::unique_ptr<BundleEntries>> BundleEntries::open(const QString &path, const CancelToken &cancel,
                                                           TarLinks links)
{
    Result<BundleBytes> bytes = BundleBytes::open(path);
    if (!bytes) {
        return bytes.error();
    }
    if (ZipReader::isZip(bytes->magic())) {
        Result<std::unique_ptr<ZipReader>> zip = ZipReader::create(path, *std::move(bytes), cancel);
        return zip ? Result<std::unique_ptr<BundleEntries>>(*std::move(zip)) : zip.error();
    }
    Result<std::unique_ptr<BundleStream>> stream = BundleStream::over(path, *std::move(bytes));
    if (!stream) {
        return stream.error();
    }
    return std::unique_ptr<BundleEntries>(new TarReader(path, *std::move(stream), cancel, links));
}

} // namespace layerpool
