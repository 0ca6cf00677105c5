// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/FakeRegistry.h"

#include <QString>

namespace layerpool::test {

/// Answers pulls (manifests, blobs, tags/list) from a registry's storage directory.
FakeRegistry::Handler pullsFrom(const QString &storageDirectory);

/// Takes uploads (monolithic, chunked, mounts) and manifests, and serves what it took. Wrong digests and
/// manifests whose parts are missing are refused as a registry refuses them.
FakeRegistry::Handler pushesIntoMemory();

} // namespace layerpool::test
