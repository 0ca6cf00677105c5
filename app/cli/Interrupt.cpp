// SPDX-License-Identifier: Apache-2.0
#include "Interrupt.h"

#include <csignal>

namespace layerpool {
namespace {

CancelToken &interruptToken()
{
    static CancelToken token;
    return token;
}

// Stores to a lock-free atomic, nothing else: what a signal handler may do.
void onInterrupt(int signalNumber)
{
    interruptToken().cancel();
    std::signal(signalNumber, SIG_DFL);
}

} // namespace

void cancelOnInterrupt(const CancelToken &token)
{
    interruptToken() = token;
    std::signal(SIGINT, onInterrupt);
    std::signal(SIGTERM, onInterrupt);
    std::signal(SIGPIPE, SIG_IGN);
}

} // namespace layerpool
