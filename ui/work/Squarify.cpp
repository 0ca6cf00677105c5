// SPDX-License-Identifier: Apache-2.0
#include "work/Squarify.h"

#include <algorithm>
#include <numeric>

namespace layerpool {
namespace {

/// The worst ratio of sides in a row of tiles along `side`, whose areas sum up to `sum`.
double worstRatio(double largest, double smallest, double sum, double side)
{
    const double square = side * side;
    return std::max(square * largest / (sum * sum), sum * sum / (square * smallest));
}

/// Lays the row along the shorter side of `area`, and takes it off.
void layRow(const std::vector<double> &areas, std::size_t first, std::size_t end, double sum, QRectF &area,
            std::vector<QRectF> &tiles)
{
    const bool isUpright = area.width() >= area.height();
    const double side = isUpright ? area.height() : area.width();
    const double depth = side > 0 ? sum / side : 0;
    double at = isUpright ? area.top() : area.left();
    for (std::size_t i = first; i < end; ++i) {
        const double length = depth > 0 ? areas[i] / depth : 0;
        tiles.push_back(isUpright ? QRectF(area.left(), at, depth, length)
                                  : QRectF(at, area.top(), length, depth));
        at += length;
    }
    isUpright ? area.setLeft(area.left() + depth) : area.setTop(area.top() + depth);
}

} // namespace

std::vector<QRectF> squarify(const QRectF &area, const std::vector<double> &weights)
{
    std::vector<QRectF> tiles;
    tiles.reserve(weights.size());
    const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
    const double scale = total > 0 ? area.width() * area.height() / total : 0;
    std::vector<double> areas(weights.size());
    std::transform(weights.begin(), weights.end(), areas.begin(),
                   [scale](double weight) { return weight * scale; });

    QRectF left = area;
    std::size_t first = 0;
    while (first < areas.size()) {
        const double side = std::min(left.width(), left.height());
        double sum = areas[first];
        std::size_t end = first + 1;
        while (end < areas.size() && worstRatio(areas[first], areas[end], sum + areas[end], side) <=
                                         worstRatio(areas[first], areas[end - 1], sum, side)) {
            sum += areas[end++];
        }
        layRow(areas, first, end, sum, left, tiles);
        first = end;
    }
    return tiles;
}

} // namespace layerpool
