// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QHash>

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>

namespace layerpool {

/// A bearer token and until when it serves.
struct Token
{
    QByteArray value;
    std::chrono::steady_clock::time_point goodUntil;
};

/// The tokens of all workers: one asks for a token, the others wait for it. Any thread.
class TokenCache
{
public:
    using Fetch = std::function<Result<Token>()>;

    /// The token for the key; `fetch` is called where there is none that will last, by one worker at a time.
    /// `refused` is a token that a server would not take: it is not given out again.
    Result<QByteArray> token(const QByteArray &key, const QByteArray &refused, const Fetch &fetch);

private:
    struct Slot
    {
        std::mutex mutex;
        Token token;
    };

    std::mutex m_mutex; ///< guards the table, not the slots
    QHash<QByteArray, std::shared_ptr<Slot>> m_slots;
};

} // namespace layerpool
