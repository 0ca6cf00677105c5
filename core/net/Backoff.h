// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/HttpMessage.h"

#include <chrono>
#include <optional>

namespace layerpool {

/// The pause after try number `attempt` (from 1): growing, with jitter, half a minute at the most.
std::chrono::milliseconds backOff(int attempt);

/// What `Retry-After` says, as seconds or as a date, never below zero; nothing where it is neither.
std::optional<std::chrono::milliseconds> retryAfter(const HttpResponse &response);

/// Whether the host asks to be left alone for a while, by all: 429, or 503 with a time.
bool asksToWait(const HttpResponse &response);

} // namespace layerpool
