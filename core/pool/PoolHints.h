// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace layerpool {

class Pool;

/// What to try where a pool lacks something, as an Error's hint: a pool in a folder can be filled and mended,
/// a bundle is as it was made.

/// It has no such image.
QString hintWhereAbsent(const Pool &pool);
/// An image lacks parts.
QString hintWhereNotWhole(const Pool &pool);
/// A blob is missing, or has other bytes.
QString hintWhereDamaged(const Pool &pool);

} // namespace layerpool
