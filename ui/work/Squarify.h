// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QRectF>

#include <vector>

namespace layerpool {

/// Cuts the area into one rectangle for each weight, as large as its share and as near to a square as the
/// largest first can be laid (Bruls, Huizing and van Wijk, "Squarified Treemaps", 2000). The weights are
/// positive and fall.
std::vector<QRectF> squarify(const QRectF &area, const std::vector<double> &weights);

} // namespace layerpool
