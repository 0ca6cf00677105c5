// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "registry/CredentialStore.h"

#include <QThread>

#include <atomic>
#include <functional>

namespace QKeychain {
class Job;
}

namespace layerpool {

/// The desktop's keyring (the Secret Service or KWallet, by qtkeychain). It may ask its owner to unlock it:
/// half a minute is waited for that, once.
class Keyring final : public CredentialStore
{
public:
    Keyring();
    ~Keyring() override;

    Result<std::optional<Credential>> find(const QString &host, const CancelToken &cancel) override;
    Status store(const QString &host, const Credential &credential, const CancelToken &cancel) override;
    Result<bool> remove(const QString &host, const CancelToken &cancel) override;
    Status check(const CancelToken &cancel) override;

private:
    struct Outcome
    {
        int error = 0; ///< QKeychain::Error
        QString text;
        QByteArray data;
    };

    Result<Outcome> run(const std::function<QKeychain::Job *()> &make, const CancelToken &cancel);

    QThread m_thread; ///< of all jobs: qtkeychain's queue of them belongs to one
    std::once_flag m_started;
    QObject m_worker;                    ///< lives in it
    std::atomic_bool m_isSilent = false; ///< it has not answered before: it is not waited for again
};

} // namespace layerpool
