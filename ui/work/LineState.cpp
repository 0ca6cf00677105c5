// SPDX-License-Identifier: Apache-2.0
#include "work/LineState.h"

#include "base/Text.h"

#include <array>
#include <set>

namespace layerpool {
namespace {

using Kind = LineState::Kind;

struct StateWords
{
    const char *word;
    const char *icon;
};

constexpr std::array<StateWords, 10> kWords{{
    {QT_TRANSLATE_NOOP("layerpool::Text", "In pool"), "state-here"},
    {QT_TRANSLATE_NOOP("layerpool::Text", "Partly"), "state-partly"},
    {QT_TRANSLATE_NOOP("layerpool::Text", "Missing"), "state-missing"},
    {QT_TRANSLATE_NOOP("layerpool::Text", "Moved"), "state-moved"},
    {QT_TRANSLATE_NOOP("layerpool::Text", "Not found"), "state-absent"},
    {QT_TRANSLATE_NOOP("layerpool::Text", "No pool"), "state-unknown"},
    {QT_TRANSLATE_NOOP("layerpool::Text", "Repeated"), "state-repeated"},
    {QT_TRANSLATE_NOOP("layerpool::Text", "Bad line"), "state-bad"},
    {QT_TRANSLATE_NOOP("layerpool::Text", "Comment"), ""},
    {QT_TRANSLATE_NOOP("layerpool::Text", "Blank line"), ""},
}};

} // namespace

bool LineState::isProblem() const
{
    const bool isUnanswered = finding && (finding->kind == SourceFinding::Kind::Absent ||
                                          finding->kind == SourceFinding::Kind::Failed);
    return kind == Kind::Bad || isUnanswered;
}

LineState stateIn(const PoolIndex &pool, const ImageReference &reference)
{
    LineState state;
    const std::vector<const PoolTag *> tags = pool.findAll(reference);
    if (tags.empty()) {
        state.kind = Kind::Missing;
        return state;
    }
    std::set<Digest> parts;
    std::set<Digest> missing;
    for (const PoolTag *tag : tags) {
        const Closure closure = pool.closure(*tag);
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
    state.kind = missing.empty() ? Kind::Here : Kind::Partly;
    return state;
}

void addFinding(LineState &state, std::shared_ptr<const SourceFinding> finding)
{
    if (finding->kind == SourceFinding::Kind::Moved) {
        state.kind = Kind::Moved;
    } else if (finding->kind == SourceFinding::Kind::Absent && state.kind == Kind::Missing) {
        state.kind = Kind::Absent;
    }
    state.finding = std::move(finding);
}

void LineCounts::add(Kind kind)
{
    const bool isLine = kind != Kind::Comment && kind != Kind::Blank;
    lines += isLine;
    images += isLine && kind != Kind::Repeated && kind != Kind::Bad;
    repeated += kind == Kind::Repeated;
    bad += kind == Kind::Bad;
    here += kind == Kind::Here;
    partly += kind == Kind::Partly;
    missing += kind == Kind::Missing || kind == Kind::Absent;
    moved += kind == Kind::Moved;
    absent += kind == Kind::Absent;
}

QString lineStateWord(Kind kind)
{
    return Text::tr(kWords.at(static_cast<std::size_t>(kind)).word);
}

QString lineStateIcon(Kind kind)
{
    return QString::fromLatin1(kWords.at(static_cast<std::size_t>(kind)).icon);
}

} // namespace layerpool
