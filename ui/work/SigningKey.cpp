// SPDX-License-Identifier: Apache-2.0
#include "work/SigningKey.h"

#include "base/Secrecy.h"
#include "base/Text.h"
#include "sign/SecretKeyFile.h"

#include <chrono>
#include <mutex>
#include <utility>

namespace layerpool {
namespace {

constexpr std::chrono::milliseconds kSigningTurn{50}; // until a wait looks whether it is still wanted

} // namespace

SigningKey::SigningKey(QString path, std::optional<QByteArray> password)
    : m_path(std::move(path)), m_password(std::move(password))
{
}

SigningKey::~SigningKey()
{
    forgetPassword();
}

void SigningKey::forgetPassword()
{
    if (m_password) {
        wipe(*m_password);
        m_password.reset();
    }
}

Result<std::shared_ptr<const SecretKey>> SigningKey::open(const TaskContext &context)
{
    std::unique_lock<QMutex> lock(m_mutex, std::defer_lock);
    do {
        if (context.cancel.isCancelled()) {
            return cancelledError();
        }
    } while (!lock.try_lock_for(kSigningTurn));
    if (m_key) {
        return m_key;
    }
    const Result<SecretKeyFile> file = SecretKeyFile::read(m_path);
    if (!file) {
        return file.error();
    }
    if (file->isEncrypted() && !m_password) {
        return Error{ErrorKind::Denied, Text::tr("The bundle cannot be signed"),
                     Text::tr("the password of the secret key %1 is not kept").arg(m_path),
                     Text::tr("Make the bundle again, and give the password")};
    }
    context.progress.setPhase(Text::tr("Opening the secret key"));
    Result<SecretKey> key = file->open(m_password.value_or(QByteArray()));
    if (!key) {
        return key.error();
    }
    m_key = std::make_shared<const SecretKey>(*std::move(key));
    forgetPassword();
    return m_key;
}

} // namespace layerpool
