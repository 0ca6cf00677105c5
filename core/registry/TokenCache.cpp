// SPDX-License-Identifier: Apache-2.0
#include "registry/TokenCache.h"

namespace layerpool {

std::shared_ptr<TokenCache::Slot> TokenCache::slotOf(const QByteArray &key)
{
    const std::lock_guard lock(m_mutex);
    std::shared_ptr<Slot> &entry = m_slots[key];
    if (!entry) {
        entry = std::make_shared<Slot>();
    }
    return entry;
}

std::optional<Error> TokenCache::silenceOf(const QByteArray &realm)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_silent.constFind(realm);
    return found != m_silent.constEnd() && Clock::now() < found->askedAgain ? std::optional(found->error)
                                                                            : std::nullopt;
}

Result<QByteArray> TokenCache::token(const QByteArray &realm, const QByteArray &scopes,
                                     const QByteArray &refused, const Fetch &fetch)
{
    const std::shared_ptr<Slot> slot = slotOf(realm + ' ' + scopes);
    const std::lock_guard lock(slot->mutex);
    const bool isUsable =
        !slot->token.value.isEmpty() && slot->token.value != refused && Clock::now() < slot->token.goodUntil;
    if (isUsable) {
        return slot->token.value;
    }
    if (slot->failure && Clock::now() < slot->failure->askedAgain) {
        return slot->failure->error;
    }
    if (const std::optional<Error> silence = silenceOf(realm)) {
        return *silence;
    }
    const Clock::time_point begun = Clock::now();
    Result<Token> token = fetch();
    slot->failure.reset();
    if (token) {
        slot->token = *std::move(token);
        return slot->token.value;
    }
    const Error &error = token.error();
    const Failure failure{error, Clock::now() + (Clock::now() - begun)};
    if (error.kind == ErrorKind::Unreachable) {
        const std::lock_guard onTable(m_mutex);
        m_silent.insert(realm, failure);
    } else if (error.kind == ErrorKind::Server) {
        slot->failure = failure;
    }
    return error;
}

} // namespace layerpool
