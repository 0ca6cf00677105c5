// SPDX-License-Identifier: Apache-2.0
#include "sign/TrustedKeys.h"

#include "base/DurableDirectory.h"
#include "base/OutputFiles.h"
#include "base/Text.h"
#include "sign/SmallFile.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>

#include <algorithm>

namespace layerpool {

TrustedKeys::TrustedKeys()
    : m_folder(QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
               QStringLiteral("/layerpool/trusted"))
{
}

Result<std::vector<TrustedKeys::Kept>> TrustedKeys::kept() const
{
    const Result<DurableDirectory> folder = DurableDirectory::open(m_folder);
    if (!folder) {
        return folder.error().kind == ErrorKind::NotFound ? std::vector<Kept>()
                                                          : Result<std::vector<Kept>>(folder.error());
    }
    const auto entries = folder->entries({});
    if (!entries) {
        return entries.error();
    }
    std::vector<Kept> found;
    for (const DurableDirectory::Entry &entry : *entries) {
        if (entry.name.endsWith(".pub") && !entry.isDirectory) {
            const Result<PublicKey> key = PublicKey::read(folder->pathOf(entry.name));
            if (!key) {
                return key.error();
            }
            found.push_back({entry.name, *key});
        }
    }
    std::sort(found.begin(), found.end(), [](const Kept &a, const Kept &b) { return a.file < b.file; });
    return found;
}

Result<std::vector<PublicKey>> TrustedKeys::keys() const
{
    const Result<std::vector<Kept>> found = kept();
    if (!found) {
        return found.error();
    }
    std::vector<PublicKey> keys;
    for (const Kept &one : *found) {
        keys.push_back(one.key);
    }
    return keys;
}

Status TrustedKeys::add(const PublicKey &key) const
{
    const Result<std::vector<PublicKey>> there = keys();
    if (!there) {
        return there.error();
    }
    if (std::find(there->begin(), there->end(), key) != there->end()) {
        return {};
    }
    return writeWhole(QStringLiteral("%1/%2.pub").arg(m_folder, key.name()), key.toFile(), false);
}

Result<bool> TrustedKeys::forget(const QString &name) const
{
    const Result<std::vector<Kept>> found = kept();
    if (!found) {
        return found.error();
    }
    bool wasThere = false;
    for (const Kept &one : *found) {
        if (one.key.name().compare(name, Qt::CaseInsensitive) == 0) {
            const Result<DurableDirectory> folder = DurableDirectory::open(m_folder);
            const Status removed = folder ? folder->remove(one.file) : Status(folder.error());
            if (!removed) {
                return removed.error();
            }
            wasThere = true;
        }
    }
    return wasThere;
}

Result<SignaturePolicy> TrustedKeys::policy() const
{
    const QString what = Text::tr("Cannot read the policy on signatures in %1").arg(policyPath());
    const Result<QByteArray> text = readSmallFile(policyPath(), what);
    if (!text) {
        return text.error().kind == ErrorKind::NotFound ? SignaturePolicy::Warn
                                                        : Result<SignaturePolicy>(text.error());
    }
    const QStringList words = signaturePolicyWords();
    const qsizetype word = words.indexOf(QString::fromUtf8(*text).trimmed());
    if (word < 0) {
        Error error{ErrorKind::BadInput, what,
                    Text::tr("it is one of: %1").arg(words.join(QStringLiteral(", "))),
                    Text::tr("Choose it anew")};
        error.options << QStringLiteral("key policy warn");
        return error;
    }
    return static_cast<SignaturePolicy>(word);
}

Status TrustedKeys::setPolicy(SignaturePolicy policy) const
{
    const QString word = signaturePolicyWords().at(static_cast<qsizetype>(policy));
    return writeWhole(policyPath(), word.toUtf8() + '\n', true);
}

} // namespace layerpool
