// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace layerpool::test {

/// A pool of a size that nobody's own is of, to see what is slow. Half of the tags are second names of an
/// image, as `v1.3` is of `v1.3.2`; a fiftieth of the repositories have an index; layers are shared as they
/// are in life: bases by thousands of images, one more by a repository's own.
struct HugePoolSpec
{
    int repositories = 10'000;
    int imagesEach = 5; ///< each with two tags
    int bases = 200;    ///< lowest layers, one of them under every image

    int tags() const { return repositories * imagesEach * 2; }
};

/// Writes it into a folder that is not there yet. Manifests and configs are real, of the size that builders
/// make them; layers are holes without a byte on the disk, and their digests are made up. By raw system
/// calls: 100,000 tags take some seconds on a tmpfs. Failures to write end the program.
void makeHugePool(const QString &path, const HugePoolSpec &spec = {});

} // namespace layerpool::test
