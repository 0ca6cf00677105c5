// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/FileSums.h"

#include <QString>

#include <optional>

namespace layerpool {

/// BadInput: what was made anew of a bundle is none of its volumes.
Error anotherVolume(const QString &bundle, const QString &why);

/// The sums and the index that lie beside a bundle since it was made: what is made of it anew has to be the
/// same.
class EarlierSums
{
public:
    /// Empty where none lie there. Errors: BadInput (they are no sums), Storage.
    static Result<EarlierSums> of(const QString &bundle);

    bool areThere() const { return m_sums.has_value(); }
    QString fileName() const;
    /// BadInput where another sum of that file lies there, or none among others.
    Status check(const QString &file, const Digest &digest) const;
    /// The same of the bundle's index, which tells before anything is written: by its sum, or by the one that
    /// lies there where the sums name none, as those that somebody made by hand.
    Status checkIndex(QByteArrayView index) const;

private:
    QString m_bundle; ///< its file's path
    std::optional<FileSums> m_sums;
};

} // namespace layerpool
