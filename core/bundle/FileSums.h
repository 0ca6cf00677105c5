// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Digest.h"
#include "base/Result.h"

#include <vector>

namespace layerpool {

/// What `sha256sum` writes, and checks by `-c`: for each file its digest and its name.
struct FileSums
{
    struct Line
    {
        QByteArray name; ///< as it stands on the disk; no folder in front
        Digest digest;
    };
    std::vector<Line> lines;

    static constexpr qint64 mostBytes = 4 * 1024 * 1024;

    /// Error: BadInput (`why` is a phrase about the text).
    static Result<FileSums> parse(QByteArrayView text);
    QByteArray toText() const;
    /// Nothing where it names no such file.
    const Digest *find(const QByteArray &name) const;
};

} // namespace layerpool
