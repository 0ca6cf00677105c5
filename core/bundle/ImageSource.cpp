// SPDX-License-Identifier: Apache-2.0
#include "bundle/ImageSource.h"

#include "bundle/BundleReader.h"

namespace layerpool {

Result<std::unique_ptr<ImageSource>> ImageSource::open(const QString &path, const CancelToken &cancel)
{
    Result<std::unique_ptr<BundleReader>> bundle = BundleReader::open(path, cancel);
    return bundle ? Result<std::unique_ptr<ImageSource>>(*std::move(bundle)) : bundle.error();
}

} // namespace layerpool
