// SPDX-License-Identifier: Apache-2.0
#include "sign/Secret.h"

#include <QtGlobal>

#include <sodium.h>

namespace layerpool {

void startSodium()
{
    static const int started = ::sodium_init();
    if (started < 0) {
        qFatal("libsodium cannot start on this machine");
    }
}

void *allocateSecret(std::size_t size)
{
    startSodium();
    void *secret = ::sodium_malloc(size);
    if (secret == nullptr) {
        qFatal("there is no memory for a key");
    }
    return secret;
}

void FreeSecret::operator()(void *secret) const
{
    ::sodium_free(secret);
}

} // namespace layerpool
