// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>

namespace layerpool {

/// Makes libsodium ready; every use of it comes after this. Any thread, any number of times.
void startSodium();

void *allocateSecret(std::size_t size);

struct FreeSecret
{
    void operator()(void *secret) const;
};

/// A value in memory that is kept from swap, guarded at both ends, and overwritten when it goes.
template <typename T>
using Secret = std::unique_ptr<T, FreeSecret>;

/// Of plain bytes, all of them 0.
template <typename T>
Secret<T> makeSecret()
{
    static_assert(std::is_trivially_copyable_v<T> && alignof(T) == 1);
    return Secret<T>(new (allocateSecret(sizeof(T))) T{});
}

} // namespace layerpool
