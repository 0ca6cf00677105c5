// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Digest.h"

#include <QByteArray>

#include <vector>

namespace layerpool::test {

/// A file of a layer; a symbolic link where it has a target.
struct SampleFile
{
    QByteArray path;
    QByteArray content;
    int mode = 0644;
    QByteArray linkTarget;
};

enum class SampleCompression { Gzip, Zstd, None };

/// A layer as registries keep it: a tar, gzipped most often.
struct SampleLayer
{
    QByteArray bytes;
    Digest digest;
    Digest diffId; ///< of the tar inside, as a config's rootfs names it
};

/// The same files give the same bytes on every machine.
SampleLayer makeLayer(const std::vector<SampleFile> &files,
                      SampleCompression compression = SampleCompression::Gzip);

/// A layer of about `size` bytes that no compressor makes smaller; its content follows from the seed alone.
SampleLayer makeRandomLayer(quint64 seed, qint64 size);

/// Bytes that look random and follow from the seed alone.
QByteArray randomBytes(quint64 seed, qint64 size);

} // namespace layerpool::test
