// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "work/ListRow.h"

#include <vector>

namespace layerpool {

/// Which lines of a list are looked at, by their state.
enum class LineFilter { All, Missing, Partly, Here, Moved, Problems };

/// What lines are sorted by. Position: as the file has them.
enum class LineKey { Position, State, Image, Note, Parts, Size };

/// What somebody wants to see of a list.
struct ListQuery
{
    QString text = {}; ///< that a line must hold, in capitals or not
    LineFilter filter = LineFilter::All;
    LineKey key = LineKey::Position;
    Qt::SortOrder order = Qt::AscendingOrder;

    bool isFiltered() const { return !text.isEmpty() || filter != LineFilter::All; }
    /// Whether it shows every line in its place.
    bool showsAll() const { return !isFiltered() && key == LineKey::Position; }

    friend bool operator==(const ListQuery &, const ListQuery &) = default;
};

/// The lines that answer it, from 0, in their order. Where it sorts, comments and blank lines come last. For
/// a worker thread.
std::vector<int> linesFor(const ListQuery &query, const ListText &text, const QList<ListRow> &rows);

} // namespace layerpool
