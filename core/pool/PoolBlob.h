// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Digest.h"

namespace layerpool {

/// A file under a pool's blobs/, or what stands for one in a bundle.
struct PoolBlob
{
    enum class Role : quint8 { Unused, Manifest, Config, Layer };

    Digest digest;
    Role role = Role::Unused;
    bool isLeftOut = false; ///< of a bundle: the far side has it, and here are no bytes
    int firstUser = 0;      ///< position in the list of all users
    int users = 0;          ///< how many tags need it
    qint64 bytes = 0;       ///< on the disk; of one that is left out, there
};

} // namespace layerpool
