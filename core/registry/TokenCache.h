// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QHash>

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

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
    /// `refused` is a token that a server would not take: it is not given out again. A server that could not
    /// be reached is left alone for as long as it took to find that out: its error stands for all meanwhile.
    Result<QByteArray> token(const QByteArray &key, const QByteArray &refused, const Fetch &fetch);

private:
    using Clock = std::chrono::steady_clock;

    struct Slot
    {
        std::mutex mutex;
        Token token;
        std::optional<Error> failure; ///< of the last fetch, where another may go better
        Clock::time_point askedAgain; ///< not before
    };

    std::mutex m_mutex; ///< guards the table, not the slots
    QHash<QByteArray, std::shared_ptr<Slot>> m_slots;
};

} // namespace layerpool
