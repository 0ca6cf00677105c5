// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace layerpool::test {

/// A list of the size of a real release's, with a line that is repeated.
inline QString ownReleaseList()
{
    return QStringLiteral(LAYERPOOL_SOURCE_DIR "/tests/data/release-images-list.txt");
}

/// KubeSphere's own, 141 lines. Not ours to copy: it is used where it lies beside the checkout.
inline QString kubeSphereList()
{
    return QStringLiteral(LAYERPOOL_SOURCE_DIR "/../shared/data/kubesphere-v3.1.0-images-list.txt");
}

} // namespace layerpool::test
