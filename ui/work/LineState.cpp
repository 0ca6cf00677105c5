// SPDX-License-Identifier: Apache-2.0
#include "work/LineState.h"

#include "base/Text.h"

#include <array>
#include <set>

namespace layerpool {
namespace {

struct StateWords
{
    const char *word;
    const char *icon;
};

constexpr std::array<StateWords, 6> kWords{{
    {QT_TRANSLATE_NOOP("layerpool::Text", "In pool"), "state-here"},
    {QT_TRANSLATE_NOOP("layerpool::Text", "Partly"), "state-partly"},
    {QT_TRANSLATE_NOOP("layerpool::Text", "Missing"), "state-missing"},
    {QT_TRANSLATE_NOOP("layerpool::Text", "No pool"), "state-unknown"},
    {QT_TRANSLATE_NOOP("layerpool::Text", "Repeated"), "state-repeated"},
    {QT_TRANSLATE_NOOP("layerpool::Text", "Bad line"), "state-bad"},
}};

LineState stateOf(const ImageReference &reference, const PoolIndex &index)
{
    LineState state;
    const std::vector<const PoolTag *> tags = index.findAll(reference);
    if (tags.empty()) {
        state.kind = LineState::Kind::Missing;
        return state;
    }
    std::set<Digest> parts;
    std::set<Digest> missing;
    for (const PoolTag *tag : tags) {
        const Closure closure = index.closure(*tag);
        parts.insert(closure.manifests.begin(), closure.manifests.end());
        for (const Descriptor &blob : closure.blobs) {
            parts.insert(blob.digest);
        }
        missing.insert(closure.missing.begin(), closure.missing.end());
        state.bytes += closure.bytes;
    }
    parts.insert(missing.begin(), missing.end());
    if (reference.pattern) {
        state.tags = static_cast<int>(tags.size());
    } else {
        state.digest = tags.front()->digest;
    }
    state.partsTotal = static_cast<int>(parts.size());
    state.partsHere = state.partsTotal - static_cast<int>(missing.size());
    state.kind = missing.empty() ? LineState::Kind::Here : LineState::Kind::Partly;
    return state;
}

} // namespace

std::vector<LineState> compareLines(const ImagesList &list, const PoolIndex *index)
{
    std::vector<LineState> states;
    states.reserve(list.lines().size());
    for (const ListLine &line : list.lines()) {
        LineState state;
        if (line.kind == ListLine::Kind::Bad) {
            state.kind = LineState::Kind::Bad;
        } else if (line.kind == ListLine::Kind::Repeated) {
            state.kind = LineState::Kind::Repeated;
        } else if (index) {
            state = stateOf(line.reference, *index);
        }
        states.push_back(state);
    }
    return states;
}

LineCounts countLines(const std::vector<LineState> &states)
{
    LineCounts counts;
    counts.lines = static_cast<int>(states.size());
    for (const LineState &state : states) {
        counts.repeated += state.kind == LineState::Kind::Repeated;
        counts.bad += state.kind == LineState::Kind::Bad;
        counts.here += state.kind == LineState::Kind::Here;
        counts.partly += state.kind == LineState::Kind::Partly;
        counts.missing += state.kind == LineState::Kind::Missing;
    }
    return counts;
}

QString lineStateWord(LineState::Kind kind)
{
    return Text::tr(kWords.at(static_cast<std::size_t>(kind)).word);
}

QString lineStateIcon(LineState::Kind kind)
{
    return QString::fromLatin1(kWords.at(static_cast<std::size_t>(kind)).icon);
}

} // namespace layerpool
