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

Result<std::vector<TrustedKeys::Entry>> TrustedKeys::entries() const
{
    const Result<DurableDirectory> folder = DurableDirectory::open(m_folder);
    if (!folder) {
        return folder.error().kind == ErrorKind::NotFound ? std::vector<Entry>()
                                                          : Result<std::vector<Entry>>(folder.error());
    }
    const auto files = folder->entries({});
    if (!files) {
        return files.error();
    }
    std::vector<Entry> found;
    for (const DurableDirectory::Entry &file : *files) {
        if (file.name.endsWith(".pub") && !file.isDirectory) {
            found.push_back({QFile::decodeName(file.name), PublicKey::read(folder->pathOf(file.name))});
        }
    }
    std::sort(found.begin(), found.end(), [](const Entry &a, const Entry &b) { return a.file < b.file; });
    return found;
}

Result<std::vector<PublicKey>> TrustedKeys::keys() const
{
    const Result<std::vector<Entry>> found = entries();
    if (!found) {
        return found.error();
    }
    std::vector<PublicKey> keys;
    for (const Entry &one : *found) {
        if (!one.key) {
            Error error = one.key.error();
            error.hint = Text::tr("Forget that file, or put a good one in its place");
            error.options << QStringLiteral("key forget %1").arg(one.file);
            return error;
        }
        keys.push_back(*one.key);
    }
    return keys;
}

Status TrustedKeys::add(const PublicKey &key) const
{
    const Result<std::vector<Entry>> there = entries();
    if (!there) {
        return there.error();
    }
    const bool isThere = std::any_of(there->begin(), there->end(),
                                     [&](const Entry &one) { return one.key && *one.key == key; });
    return isThere ? Status()
                   : writeWhole(QStringLiteral("%1/%2.pub").arg(m_folder, key.name()), key.toFile(), false);
}

Result<bool> TrustedKeys::forget(const QString &name) const
{
    return forgetThose([&](const Entry &one) {
        return one.file == name || (one.key && one.key->name().compare(name, Qt::CaseInsensitive) == 0);
    });
}

Status TrustedKeys::forgetAll() const
{
    const Result<bool> wereThere = forgetThose([](const Entry &) { return true; });
    return wereThere ? Status() : Status(wereThere.error());
}

Result<bool> TrustedKeys::forgetThose(const std::function<bool(const Entry &)> &isMeant) const
{
    const Result<std::vector<Entry>> found = entries();
    if (!found) {
        return found.error();
    }
    bool wereThere = false;
    for (const Entry &one : *found) {
        if (isMeant(one)) {
            const Result<DurableDirectory> folder = DurableDirectory::open(m_folder);
            const Status removed = folder ? folder->remove(QFile::encodeName(one.file)) : folder.error();
            if (!removed) {
                return removed.error();
            }
            wereThere = true;
        }
    }
    return wereThere;
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
