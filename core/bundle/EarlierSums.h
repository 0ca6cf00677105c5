// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/FileSums.h"

#include <QString>

#include <optional>

namespace layerpool {

/// The sums that lie beside a bundle since it was made: what is made of it anew has to be the same.
class EarlierSums
{
public:
    /// Empty where none lie there. Errors: BadInput (they are no sums), Storage.
    static Result<EarlierSums> of(const QString &bundle);

    bool areThere() const { return m_sums.has_value(); }
    QString fileName() const;
    /// BadInput where another sum of that file lies there, or none among others.
    Status check(const QString &file, const Digest &digest) const;
    /// The same of the bundle's index, which tells before anything is written.
    Status checkIndex(QByteArrayView index) const;

private:
    QString m_path; ///< of the sums
    QString m_name; ///< of the bundle's file
    std::optional<FileSums> m_sums;
};

} // namespace layerpool
