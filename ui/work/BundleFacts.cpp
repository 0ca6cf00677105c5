// SPDX-License-Identifier: Apache-2.0
#include "work/BundleFacts.h"

#include "bundle/BundleVolumes.h"
#include "pool/PoolContents.h"
#include "work/Background.h"

#include <QFileInfo>

namespace layerpool {

qint64 BundleFacts::fileBytes() const
{
    qint64 bytes = 0;
    for (const File &file : files) {
        bytes += file.bytes;
    }
    return bytes;
}

Result<std::shared_ptr<const BundleFacts>> BundleFacts::read(const QString &path, const CancelToken &cancel,
                                                             const OnBundleRead &onRead)
{
    const Result<SignatureRules> rules = SignatureRules::ofUser();
    if (!rules) {
        return rules.error();
    }
    const Result<QStringList> files = bundleFiles(path);
    if (!files) {
        return files.error();
    }
    const Result<Pool> bundle = openBundle(path, *rules, cancel, onRead);
    if (!bundle) {
        return bundle.error();
    }
    Result<std::shared_ptr<const PoolIndex>> index = PoolIndex::read(*bundle, cancel);
    if (!index) {
        return index.error();
    }
    auto facts = std::make_shared<BundleFacts>();
    for (const QString &file : *files) {
        facts->files.push_back({QFileInfo(file).fileName(), QFileInfo(file).size()});
    }
    facts->index = freedInBackground(*std::move(index));
    facts->id = bundle->contents()->id();
    facts->signature = *signatureOf(*bundle);
    return std::shared_ptr<const BundleFacts>(std::move(facts));
}

} // namespace layerpool
