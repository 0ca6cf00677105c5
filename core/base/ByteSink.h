// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Result.h"

#include <QByteArrayView>

namespace layerpool {

/// Takes the bytes of one blob as they stream in. One thread at a time.
class ByteSink
{
public:
    virtual ~ByteSink() = default;

    /// How many bytes it holds: where a resumed transfer goes on.
    virtual qint64 received() const = 0;
    virtual Status append(QByteArrayView bytes) = 0;
    /// Forgets what it holds, to be given the blob from its first byte.
    virtual Status restart() = 0;
    /// All bytes are there: checks size and digest. Corrupt where they are not what they must be.
    virtual Status finish() = 0;
};

} // namespace layerpool
