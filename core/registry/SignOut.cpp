// SPDX-License-Identifier: Apache-2.0
#include "registry/SignOut.h"

#include "registry/AuthFile.h"
#include "registry/Credentials.h"

namespace layerpool {
namespace {

using Stores = std::vector<std::shared_ptr<CredentialStore>>;

Stores ownStores(const RegistryOptions &options)
{
    if (!options.authFile.isEmpty()) {
        return {std::make_shared<AuthFileStore>(options.authFile)};
    }
    Stores stores;
    for (const auto &store : {options.session, options.keyring}) {
        if (store) {
            stores.push_back(store);
        }
    }
    return stores;
}

} // namespace

Result<SignedOut> signOut(const RegistryOptions &options, const QString &host, const CancelToken &cancel)
{
    SignedOut out;
    for (const std::shared_ptr<CredentialStore> &store : ownStores(options)) {
        const Result<bool> removed = store->remove(host, cancel);
        if (!removed && removed.error().kind != ErrorKind::Unsupported) {
            return removed.error();
        }
        out.wasThere = out.wasThere || (removed && *removed);
    }
    const Result<std::unique_ptr<Credentials>> others =
        Credentials::load({{}, {}, options.authFile.isEmpty() ? nullptr : options.keyring});
    if (!others) {
        return others.error();
    }
    const Result<Credentials::Found> found = (*others)->find(host, {}, cancel);
    if (!found) {
        return found.error();
    }
    out.elsewhere = found->place;
    const auto lasting = AuthFileStore(Credentials::lastingFile()).find(host, cancel);
    out.isInLastingFile = lasting && lasting->has_value();
    return out;
}

} // namespace layerpool
