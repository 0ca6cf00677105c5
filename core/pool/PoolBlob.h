// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Digest.h"

namespace layerpool {

/// A file under a pool's blobs/.
struct PoolBlob
{
    enum class Role : quint8 { Unused, Manifest, Config, Layer };

    Digest digest;
    Role role = Role::Unused;
    int firstUser = 0; ///< position in the list of all users
    int users = 0;     ///< how many tags need it
    qint64 bytes = 0;  ///< on the disk
};

} // namespace layerpool
