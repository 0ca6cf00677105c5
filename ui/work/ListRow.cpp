// SPDX-License-Identifier: Apache-2.0
#include "work/ListRow.h"

#include "base/Text.h"

namespace layerpool {
namespace {

LineState::Kind kindOf(const ListLine &line)
{
    switch (line.kind) {
    case ListLine::Kind::Bad:
        return LineState::Kind::Bad;
    case ListLine::Kind::Repeated:
        return LineState::Kind::Repeated;
    case ListLine::Kind::Image:
        break;
    }
    return LineState::Kind::Unknown;
}

LineState stateOf(const ListLine &line, const PoolIndex *pool, const SourceFindings &findings)
{
    LineState state;
    state.kind = kindOf(line);
    if (line.kind != ListLine::Kind::Image) {
        return state;
    }
    if (pool) {
        state = stateIn(*pool, line.reference);
    }
    auto finding = findings.value(line.reference.toString());
    const bool isOfThisState = finding && finding->than == state.digest && finding->tagsThen == state.tags;
    if (isOfThisState) { // else the pool has changed since its source was asked
        addFinding(state, std::move(finding));
    }
    return state;
}

QString kindNote(const ListRow &row)
{
    const ImageReference &reference = row.line.reference;
    if (reference.isTagImplied) {
        return Text::tr("no tag written: latest");
    }
    if (reference.pattern) {
        return Text::tr("tag pattern", "what a line as nginx:1.2* stands for");
    }
    return row.isOfficial() ? Text::tr("official image") : QString();
}

QString findingNote(const SourceFinding &finding)
{
    switch (finding.kind) {
    case SourceFinding::Kind::Moved:
        return Text::tr("now %1 at %2", "a digest, a registry").arg(finding.now.shortHex(), finding.host);
    case SourceFinding::Kind::Absent:
        return Text::tr("not at %1", "an image, and the registry that lacks it").arg(finding.host);
    case SourceFinding::Kind::Failed:
        return Text::tr("could not be asked for: %1")
            .arg(finding.error->why.isEmpty() ? finding.error->what : finding.error->why);
    case SourceFinding::Kind::There:
        break;
    }
    return finding.newTags > 0
               ? Text::tr("%n more tag(s) at %1", "that match a pattern", finding.newTags).arg(finding.host)
               : QString();
}

} // namespace

bool ListRow::isOfficial() const
{
    const bool isImage = !line.text.isEmpty() && line.kind != ListLine::Kind::Bad;
    return isImage && line.reference.registry.isEmpty() && line.reference.repository.hasOnePart();
}

QString ListRow::problem() const
{
    if (state.kind == LineState::Kind::Bad) {
        return line.problem;
    }
    return state.isProblem() ? findingNote(*state.finding) : QString();
}

QString ListRow::note() const
{
    QStringList notes;
    if (state.finding) {
        notes << findingNote(*state.finding);
    }
    if (state.kind == LineState::Kind::Repeated || state.kind == LineState::Kind::Bad) {
        notes << line.problem;
    } else if (!line.text.isEmpty()) {
        notes << kindNote(*this);
    }
    if (state.kind != LineState::Kind::Comment) {
        notes << comment;
    }
    notes.removeAll(QString());
    return notes.join(QStringLiteral(" · "));
}

ListReading readList(const ListText &text, const QString &name, const PoolIndex *pool,
                     const SourceFindings &findings)
{
    auto list = std::make_shared<ImagesList>();
    (void)list->addText(text.toBytes(), name); // what was text once is text
    ListReading reading{list, {}};
    reading.rows.reserve(text.lines().size());
    auto entry = list->lines().begin();
    for (const ListText::Line &line : text.lines()) {
        ListRow row;
        row.comment = commentOf(line.text);
        row.line.number = static_cast<int>(reading.rows.size()) + 1;
        if (entry != list->lines().end() && entry->number == row.line.number) {
            row.line = *entry++;
            row.state = stateOf(row.line, pool, findings);
        } else {
            row.state.kind = isCommentLine(line.text) ? LineState::Kind::Comment : LineState::Kind::Blank;
        }
        reading.rows.append(std::move(row));
    }
    return reading;
}

LineCounts countLines(const QList<ListRow> &rows)
{
    LineCounts counts;
    for (const ListRow &row : rows) {
        counts.add(row.state.kind);
    }
    return counts;
}

} // namespace layerpool
