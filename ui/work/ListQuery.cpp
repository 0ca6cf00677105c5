// SPDX-License-Identifier: Apache-2.0
#include "work/ListQuery.h"

#include <algorithm>

namespace layerpool {
namespace {

using Kind = LineState::Kind;

bool isWanted(LineFilter filter, const LineState &state)
{
    switch (filter) {
    case LineFilter::All:
        return true;
    case LineFilter::Missing:
        return state.kind == Kind::Missing || state.kind == Kind::Absent;
    case LineFilter::Partly:
        return state.kind == Kind::Partly;
    case LineFilter::Here:
        return state.kind == Kind::Here || state.kind == Kind::Moved;
    case LineFilter::Moved:
        return state.kind == Kind::Moved;
    case LineFilter::Problems:
        break;
    }
    return state.isProblem();
}

/// What a line is sorted by: the number, and where that is equal the words.
struct SortKey
{
    int line = 0;
    bool isLast = false;
    double number = 0;
    QString words;
};

SortKey keyOf(LineKey key, int line, const ListRow &row)
{
    const LineState &state = row.state;
    SortKey sort{line, state.kind == Kind::Comment || state.kind == Kind::Blank, 0, {}};
    switch (key) {
    case LineKey::State:
        sort.number = static_cast<double>(state.kind);
        break;
    case LineKey::Image:
        sort.words = row.line.text.toCaseFolded();
        break;
    case LineKey::Note:
        sort.words = row.note().toCaseFolded();
        break;
    case LineKey::Parts:
        sort.number = state.partsTotal == 0 ? -1.0 : double(state.partsHere) / state.partsTotal;
        break;
    case LineKey::Size:
        sort.number = static_cast<double>(state.bytes);
        break;
    case LineKey::Position:
        break;
    }
    return sort;
}

bool comesBefore(const SortKey &a, const SortKey &b, Qt::SortOrder order)
{
    if (a.isLast != b.isLast) {
        return b.isLast;
    }
    const SortKey &first = order == Qt::AscendingOrder ? a : b;
    const SortKey &second = order == Qt::AscendingOrder ? b : a;
    return first.number != second.number ? first.number < second.number : first.words < second.words;
}

std::vector<int> sorted(const std::vector<int> &lines, const ListQuery &query, const QList<ListRow> &rows)
{
    std::vector<SortKey> keys;
    keys.reserve(lines.size());
    for (const int line : lines) {
        keys.push_back(keyOf(query.key, line, rows[line]));
    }
    std::stable_sort(keys.begin(), keys.end(), [order = query.order](const SortKey &a, const SortKey &b) {
        return comesBefore(a, b, order);
    });
    std::vector<int> order;
    order.reserve(keys.size());
    for (const SortKey &key : keys) {
        order.push_back(key.line);
    }
    return order;
}

} // namespace

std::vector<int> linesFor(const ListQuery &query, const ListText &text, const QList<ListRow> &rows)
{
    std::vector<int> lines;
    for (int line = 0; line < static_cast<int>(rows.size()); ++line) {
        if (isWanted(query.filter, rows[line].state) &&
            text.lines()[line].text.contains(query.text, Qt::CaseInsensitive)) {
            lines.push_back(line);
        }
    }
    return query.key == LineKey::Position ? lines : sorted(lines, query, rows);
}

} // namespace layerpool
