// SPDX-License-Identifier: Apache-2.0
#include "bundle/SignedBundle.h"

#include "base/Text.h"
#include "bundle/BundleIndex.h"
#include "bundle/BundleRefusal.h"
#include "bundle/BundleSumCheck.h"
#include "bundle/BundleVolumes.h"

namespace layerpool {

Result<SignatureCheck> checkSigned(const QString &file, const SignatureRules &rules,
                                   const CancelToken &cancel, const OnBundleRead &onRead)
{
    if (const Result<BundleBytes> there = BundleBytes::open(file); !there) {
        return there.error(); // not that it should have been signed
    }
    Result<SignatureCheck> found = checkSignature(file, rules);
    if (!found || found->kind != SignatureCheck::Kind::Verified || found->index) {
        return found;
    }
    const Result<QStringList> files = bundleFiles(file);
    const Status whole = files ? checkSums(*files, found->sums, cancel, onRead) : Status(files.error());
    return whole ? std::move(found) : Result<SignatureCheck>(whole.error());
}

Status checkNames(const QString &file, const SignatureCheck &signature, const BundleContent &content)
{
    if (!signature.index || content.indexSum == *signature.index) {
        return {};
    }
    return content.indexSum.isNull()
               ? refusedBundle(file, Text::tr("it has no index, and one was signed"))
               : refusedEntry(file, bundleIndexPath,
                              Text::tr("its sum is %1, and %2 was signed")
                                  .arg(content.indexSum.toString(), signature.index->toString()));
}

} // namespace layerpool
