// SPDX-License-Identifier: Apache-2.0
#include "work/ListDocument.h"

#include "work/Background.h"

#include <QFileInfo>
#include <QScopedValueRollback>
#include <QUndoCommand>

#include <algorithm>

namespace layerpool {

/// A splice that turns round each time it is done.
class SpliceCommand final : public QUndoCommand
{
public:
    SpliceCommand(ListDocument &document, ListText::Splice splice, const QString &what)
        : QUndoCommand(what), m_document(document), m_splice(std::move(splice))
    {
    }

    void redo() override { m_splice = m_document.apply(m_splice); }
    void undo() override
    {
        m_splice = m_document.apply(m_splice);
        setObsolete(m_document.m_isTakingBack);
    }
    int id() const override { return 0; }

    // What is typed into a line that was just added is one change with it.
    bool mergeWith(const QUndoCommand *later) override
    {
        const auto &typed = static_cast<const SpliceCommand *>(later)->m_splice;
        const auto before = m_splice.lines.size(); // 1 where the added line gave the last one its end
        const bool hasAddedLine = before <= 1 && m_splice.count == before + 1;
        return hasAddedLine && typed.at == m_splice.at + before && typed.count == 1 &&
               typed.lines.size() == 1 && typed.lines.first().text.isEmpty();
    }

private:
    ListDocument &m_document;
    ListText::Splice m_splice;
};

ListDocument::ListDocument(ListFile file, ListReading reading, QString name, QThreadPool &workers,
                           QObject *parent)
    : QObject(parent)
    , m_file(std::move(file))
    , m_name(std::move(name))
    , m_workers(workers)
    , m_text(m_file.text)
    , m_rows(std::move(reading.rows))
    , m_counts(countLines(m_rows))
    , m_list(std::move(reading.list))
{
    connect(&m_undo, &QUndoStack::indexChanged, this, &ListDocument::titleChanged);
    connect(&m_undo, &QUndoStack::cleanChanged, this, &ListDocument::titleChanged);
}

ListDocument::~ListDocument()
{
    m_undo.disconnect(this); // it tells of its own end
}

QString ListDocument::name() const
{
    return path().isEmpty() ? m_name : QFileInfo(path()).fileName();
}

bool ListDocument::isModified() const
{
    return path().isEmpty() ? !m_text.isEmpty() : !m_undo.isClean();
}

std::shared_ptr<const ImagesList> ListDocument::list() const
{
    if (!m_list) {
        auto list = std::make_shared<ImagesList>();
        (void)list->addText(m_text.toBytes(), fileName()); // what was text once is text
        m_list = std::move(list);
    }
    return m_list;
}

void ListDocument::insert(int at, const QStringList &texts)
{
    push(m_text.insertion(at, texts), tr("add line"));
}

void ListDocument::setText(int line, const QString &text)
{
    if (m_text.lines()[line].text != text) {
        push(m_text.replacement(line, {text}), tr("edit line"));
    }
}

void ListDocument::remove(const std::vector<int> &lines)
{
    m_undo.beginMacro(tr("remove %n line(s)", nullptr, int(lines.size())));
    for (const auto &[first, length] : runsOf(lines)) {
        push({first, length, {}}, {});
    }
    m_undo.endMacro();
}

void ListDocument::takeBack()
{
    if (m_undo.canUndo()) {
        const QScopedValueRollback takingBack(m_isTakingBack, true);
        m_undo.undo();
    }
}

void ListDocument::toggleComments(const std::vector<int> &lines)
{
    const auto textOf = [this](int line) { return m_text.lines()[line].text; };
    std::vector<int> meant;
    std::copy_if(lines.begin(), lines.end(), std::back_inserter(meant),
                 [&](int line) { return !textOf(line).trimmed().isEmpty(); });
    const bool areComments =
        std::all_of(meant.begin(), meant.end(), [&](int line) { return isCommentLine(textOf(line)); });
    if (meant.empty()) {
        return;
    }
    m_undo.beginMacro(areComments ? tr("comment in") : tr("comment out"));
    for (const auto &[first, length] : runsOf(meant)) {
        QStringList texts;
        for (int line = first; line < first + length; ++line) {
            const QString text = textOf(line);
            texts << (areComments ? commentedIn(text) : isCommentLine(text) ? text : commentedOut(text));
        }
        push(m_text.replacement(first, texts), {});
    }
    m_undo.endMacro();
}

std::vector<std::pair<int, int>> ListDocument::runsOf(const std::vector<int> &lines)
{
    std::vector<std::pair<int, int>> runs;
    for (const int line : lines) {
        if (!runs.empty() && runs.back().first + runs.back().second == line) {
            ++runs.back().second;
        } else {
            runs.emplace_back(line, 1);
        }
    }
    std::reverse(runs.begin(), runs.end());
    return runs;
}

void ListDocument::push(const ListText::Splice &splice, const QString &what)
{
    m_undo.push(new SpliceCommand(*this, splice, what));
}

ListText::Splice ListDocument::apply(const ListText::Splice &splice)
{
    const int at = int(splice.at);
    const int removed = int(splice.count);
    const int inserted = int(splice.lines.size());
    Q_EMIT aboutToSplice(at, removed, inserted);
    const ListText::Splice back = m_text.apply(splice);
    ListText fresh;
    fresh.apply({0, 0, splice.lines});
    QList<ListRow> rows = readList(fresh, fileName(), nullptr, m_findings).rows;
    m_rows.remove(at, removed);
    m_rows.insert(at, inserted, {});
    std::move(rows.begin(), rows.end(), m_rows.begin() + at);
    m_list.reset();
    m_counts = countLines(m_rows);
    Q_EMIT spliced(at, removed, inserted);
    readAnew();
    return back;
}

void ListDocument::compareWith(std::shared_ptr<const PoolIndex> pool)
{
    m_pool = std::move(pool);
    readAnew();
}

void ListDocument::setFindings(SourceFindings findings)
{
    m_findings = std::move(findings);
    readAnew();
}

void ListDocument::setSaved(ListFile file)
{
    const bool isAsSaved = m_text.lines() == file.text.lines();
    m_file = std::move(file);
    if (isAsSaved) {
        m_undo.setClean();
    } else {
        m_undo.resetClean(); // somebody typed meanwhile
    }
    Q_EMIT titleChanged();
}

void ListDocument::reload(ListFile file, ListReading reading)
{
    m_undo.clear();
    const int removed = int(m_rows.size());
    const int inserted = int(reading.rows.size());
    Q_EMIT aboutToSplice(0, removed, inserted);
    m_text = file.text;
    m_file = std::move(file);
    take(std::move(reading));
    Q_EMIT spliced(0, removed, inserted);
    readAnew();
    Q_EMIT titleChanged();
}

// One reading at a time: who types fast has the last one count.
void ListDocument::readAnew()
{
    m_isStale = m_isReading;
    if (m_isReading) {
        return;
    }
    m_isReading = true;
    runInBackground(
        m_workers, this,
        [text = m_text, name = fileName(), pool = m_pool, findings = m_findings] {
            return readList(text, name, pool.get(), findings);
        },
        [this, hasPool = hasPool()](ListReading reading) {
            m_isReading = false;
            if (m_isStale) {
                readAnew();
                return;
            }
            m_isCompared = hasPool;
            take(std::move(reading));
            Q_EMIT statesChanged();
        });
}

void ListDocument::take(ListReading reading)
{
    m_list = std::move(reading.list);
    m_rows = std::move(reading.rows);
    m_counts = countLines(m_rows);
}

} // namespace layerpool
