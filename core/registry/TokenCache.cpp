// SPDX-License-Identifier: Apache-2.0
#include "registry/TokenCache.h"

namespace layerpool {

Result<QByteArray> TokenCache::token(const QByteArray &key, const QByteArray &refused, const Fetch &fetch)
{
    std::shared_ptr<Slot> slot;
    {
        const std::lock_guard lock(m_mutex);
        std::shared_ptr<Slot> &entry = m_slots[key];
        if (!entry) {
            entry = std::make_shared<Slot>();
        }
        slot = entry;
    }
    const std::lock_guard lock(slot->mutex);
    const bool isUsable =
        !slot->token.value.isEmpty() && slot->token.value != refused && Clock::now() < slot->token.goodUntil;
    if (isUsable) {
        return slot->token.value;
    }
    if (slot->failure && Clock::now() < slot->askedAgain) {
        return *slot->failure;
    }
    const Clock::time_point begun = Clock::now();
    Result<Token> token = fetch();
    slot->failure.reset();
    if (!token) {
        if (token.error().kind == ErrorKind::Unreachable || token.error().kind == ErrorKind::Server) {
            slot->failure = token.error();
            slot->askedAgain = Clock::now() + (Clock::now() - begun);
        }
        return token.error();
    }
    slot->token = *std::move(token);
    return slot->token.value;
}

} // namespace layerpool
