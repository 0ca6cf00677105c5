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

    /// The token of a realm for the scopes; `fetch` is called where there is none that will last, by one
    /// worker at a time. `refused` is a token that a server would not take: it is not given out again. A
    /// server that failed is left alone for as long as it took to find that out: its error stands for these
    /// scopes meanwhile, and for all of the realm where it did not answer.
    Result<QByteArray> token(const QByteArray &realm, const QByteArray &scopes, const QByteArray &refused,
                             const Fetch &fetch);

private:
    using Clock = std::chrono::steady_clock;

    struct Failure
    {
        Error error;
        Clock::time_point askedAgain; ///< not before
    };
    struct Slot
    {
        std::mutex mutex;
        Token token;
        std::optional<Failure> failure; ///< of the last fetch, where another may go better
    };

    std::shared_ptr<Slot> slotOf(const QByteArray &key);
    std::optional<Error> silenceOf(const QByteArray &realm);

    std::mutex m_mutex; ///< guards the tables, not the slots
    QHash<QByteArray, std::shared_ptr<Slot>> m_slots;
    QHash<QByteArray, Failure> m_silent; ///< by realm
};

} // namespace layerpool
