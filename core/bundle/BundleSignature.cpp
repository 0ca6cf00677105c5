// SPDX-License-Identifier: Apache-2.0
#include "bundle/BundleSignature.h"

#include "base/Text.h"
#include "bundle/BundleRefusal.h"
#include "bundle/BundleSidecars.h"
#include "bundle/BundleVolumes.h"
#include "sign/Signature.h"
#include "sign/SmallFile.h"
#include "sign/TrustedKeys.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace layerpool {
namespace {

using Found = SignatureCheck::Kind;

Error lacksTrust(const QString &file, const QString &why)
{
    Error error = refusedBundle(file, why);
    error.hint = Text::tr("Get one that is signed by a key you trust, or trust the key of whoever made it");
    error.options << QStringLiteral("key trust FILE.pub");
    return error;
}

QString whyNot(const SignatureCheck &found)
{
    switch (found.kind) {
    case Found::NotTrusted:
        return Text::tr("it is signed by the key %1, which is not trusted").arg(found.key);
    case Found::Unreadable:
        return Text::tr("its signature cannot be read");
    default:
        return Text::tr("it is not signed");
    }
}

QString fileNameOf(const QString &path)
{
    return QFileInfo(path).fileName();
}

// No trusted key stands behind it.
Result<SignatureCheck> judge(const QString &file, const SignatureRules &rules, const SignatureCheck &found)
{
    if (rules.policy == SignaturePolicy::Require) {
        return lacksTrust(file, rules.keys.empty()
                                    ? Text::tr("it must be signed by a trusted key, and no key is trusted")
                                    : whyNot(found));
    }
    if (found.kind == Found::Unreadable && !rules.keys.empty()) {
        return refusedBundle(file, whyNot(found));
    }
    return found;
}

Result<SignatureCheck> verified(const QString &file, const Signature &signature,
                                const std::vector<PublicKey> &keys)
{
    const QString path = sumsPathOf(bundleNamedBy(file));
    const Result<QByteArray> text = readSmallFile(path, {}, FileSums::mostBytes);
    if (!text) {
        return refusedBundle(
            file,
            Text::tr("%1, which is signed, cannot be read: %2").arg(fileNameOf(path), text.error().why));
    }
    Status verifies;
    for (const PublicKey &key : keys) { // two keys may have one name; only one of them has signed
        verifies = signature.verify(*text, key);
        if (verifies) {
            break;
        }
    }
    const QString name = PublicKey::nameOf(signature.id());
    if (!verifies) {
        return refusedBundle(file,
                             Text::tr("the signature of %1 by the trusted key %2 does not verify, as %3")
                                 .arg(fileNameOf(path), name, verifies.error().why));
    }
    Result<FileSums> sums = FileSums::parse(*text);
    if (!sums) {
        return refusedBundle(file, Text::tr("in %1, %2").arg(fileNameOf(path), sums.error().why));
    }
    const Result<QStringList> files = bundleFiles(file);
    if (!files) {
        return files.error();
    }
    for (const QString &each : *files) {
        if (sums->find(QFile::encodeName(fileNameOf(each))) == nullptr) {
            return refusedBundle(file, Text::tr("%1 is signed, and has no sum of %2", "files")
                                           .arg(fileNameOf(path), fileNameOf(each)));
        }
    }
    const Digest *const index = sums->find(QFile::encodeName(fileNameOf(indexPathOf(bundleNamedBy(file)))));
    SignatureCheck found{Found::Verified, name, {}, index ? std::optional(*index) : std::nullopt};
    found.sums = *std::move(sums);
    return found;
}

} // namespace

Result<SignatureRules> SignatureRules::ofUser(std::optional<SignaturePolicy> policy)
{
    const TrustedKeys trusted;
    const Result<SignaturePolicy> chosen = policy ? Result<SignaturePolicy>(*policy) : trusted.policy();
    if (!chosen) {
        return chosen.error();
    }
    SignatureRules rules{*chosen};
    if (rules.policy == SignaturePolicy::Ignore) {
        return rules;
    }
    Result<std::vector<PublicKey>> keys = trusted.keys();
    if (!keys) {
        return keys.error();
    }
    rules.keys = *std::move(keys);
    return rules;
}

QString SignatureCheck::sentence() const
{
    switch (kind) {
    case Found::NotLookedAt:
        break;
    case Found::Unsigned:
        return Text::tr("The bundle is not signed");
    case Found::Unreadable:
        return Text::tr("The bundle's signature cannot be read");
    case Found::NotTrusted:
        return Text::tr("The bundle is signed by the key %1, which is not trusted").arg(key);
    case Found::Verified:
        return Text::tr("The bundle is signed by the trusted key %1").arg(key);
    }
    return {};
}

Result<SignatureCheck> checkSignature(const QString &file, const SignatureRules &rules)
{
    if (rules.policy == SignaturePolicy::Ignore) {
        return SignatureCheck{};
    }
    const Result<QByteArray> text = readSmallFile(signaturePathOf(bundleNamedBy(file)), {});
    const bool isOfOthers = rules.keys.empty() && !QFileInfo::exists(sumsPathOf(bundleNamedBy(file)));
    if (!text && isOfOthers && rules.policy != SignaturePolicy::Require) {
        return SignatureCheck{}; // nobody signs what other programs make
    }
    if (!text) {
        return judge(file, rules,
                     {text.error().kind == ErrorKind::NotFound ? Found::Unsigned : Found::Unreadable});
    }
    const Result<Signature> signature = Signature::parse(*text);
    if (!signature) {
        return judge(file, rules, {Found::Unreadable});
    }
    std::vector<PublicKey> keys;
    std::copy_if(rules.keys.begin(), rules.keys.end(), std::back_inserter(keys),
                 [&](const PublicKey &key) { return key.id() == signature->id(); });
    return keys.empty() ? judge(file, rules, {Found::NotTrusted, PublicKey::nameOf(signature->id())})
                        : verified(file, *signature, keys);
}

} // namespace layerpool
