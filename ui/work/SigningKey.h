// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sign/SecretKey.h"
#include "task/Task.h"

#include <QMutex>

#include <memory>
#include <optional>

namespace layerpool {

/// A secret key that signs bundles: its file and its password, which is in memory alone. It is opened once,
/// by whoever needs it first; that costs seconds where it has a password. Any thread.
class SigningKey
{
public:
    /// `password`: UTF-8; none where nobody gave one. It is overwritten once the key is open.
    explicit SigningKey(QString path, std::optional<QByteArray> password = {});
    ~SigningKey();
    Q_DISABLE_COPY_MOVE(SigningKey)

    /// Blocks. Errors: those of SecretKeyFile, Denied (it has a password that nobody gave), Cancelled.
    Result<std::shared_ptr<const SecretKey>> open(const TaskContext &context);

private:
    void forgetPassword();

    const QString m_path;
    QMutex m_mutex; ///< of what follows: who comes second waits, and does not pay again
    std::optional<QByteArray> m_password;
    std::shared_ptr<const SecretKey> m_key; ///< null until it is open
};

} // namespace layerpool
