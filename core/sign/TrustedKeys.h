// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sign/PublicKey.h"
#include "sign/SignaturePolicy.h"

#include <functional>
#include <vector>

namespace layerpool {

/// The public keys that the user trusts, as files `*.pub` in a folder of his settings: those that a stock
/// minisign made may be put there by hand. Beside them the file `policy` says what becomes of bundles that
/// none of them has signed. Both programs obey it.
class TrustedKeys
{
public:
    /// The user's own.
    TrustedKeys();
    /// Those of a folder, which need not be there; tests use it.
    explicit TrustedKeys(QString folder) : m_folder(std::move(folder)) {}

    /// One file of the folder.
    struct Entry
    {
        QString file; ///< its name
        Result<PublicKey> key;
    };

    /// In the order of their files' names. One that can't be read is an error: nothing that is trusted is
    /// passed over. Errors: BadInput, Storage.
    Result<std::vector<PublicKey>> keys() const;
    /// All files, those that can't be read too: for whoever mends that. Errors: Storage.
    Result<std::vector<Entry>> entries() const;
    /// One that is there already is no error. Errors: Storage, NoSpace.
    Status add(const PublicKey &key) const;
    /// By the key's name, or by that of its file. Whether it was there. Errors: Storage.
    Result<bool> forget(const QString &name) const;
    /// Errors: Storage.
    Status forgetAll() const;

    /// Warn where nobody chose. One that can't be read is an error, and so is another word: what was asked
    /// for is not passed over. Errors: BadInput, Storage.
    Result<SignaturePolicy> policy() const;
    /// Errors: Storage, NoSpace.
    Status setPolicy(SignaturePolicy policy) const;

private:
    Result<bool> forgetThose(const std::function<bool(const Entry &)> &isMeant) const;
    QString policyPath() const { return m_folder + QStringLiteral("/policy"); }

    QString m_folder;
};

} // namespace layerpool
