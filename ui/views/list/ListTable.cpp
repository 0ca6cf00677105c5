// SPDX-License-Identifier: Apache-2.0
#include "views/list/ListTable.h"

#include "Icons.h"
#include "views/ColumnRoom.h"
#include "views/CopyActions.h"
#include "views/Spacing.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QStyledItemDelegate>

#include <algorithm>

namespace layerpool {
namespace {

class LineDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    // A mark of an image stands behind its name: names begin below each other.
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        if (index.column() == ListModel::Image) {
            option->decorationPosition = QStyleOptionViewItem::Right;
        }
    }

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        auto *editor = new QLineEdit(parent);
        editor->setObjectName(QStringLiteral("listLineEdit"));
        editor->setAccessibleName(ListTable::tr("Line of the list"));
        editor->setFrame(false);
        return editor;
    }

    // The view hands the cell's data over at each change of its row, a state that was found too: what is
    // being typed or chosen stays.
    void setEditorData(QWidget *editor, const QModelIndex &index) const override
    {
        auto *line = static_cast<QLineEdit *>(editor);
        const QString text = index.data(Qt::EditRole).toString();
        if (!line->isModified() && line->text() != text) {
            line->setText(text);
        }
    }
};

} // namespace

ListTable::ListTable(QWidget *parent) : QTableView(parent)
{
    setObjectName(QStringLiteral("listTable"));
    setAccessibleName(tr("Lines of the list"));
    setModel(&m_model);
    setItemDelegate(new LineDelegate(this));
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setTextElideMode(Qt::ElideMiddle); // the tag tells a line from the next
    connect(this, &QTableView::doubleClicked, this, &ListTable::editLine);

    addEditing("editLine", tr("&Edit line"), QStringLiteral("edit"), Qt::Key_F2, &ListTable::editLine);
    addEditing("addLine", tr("&Add line"), QStringLiteral("add"), Qt::Key_Insert, &ListTable::addLine);
    addEditing("pasteLines", tr("Paste &lines"), QStringLiteral("paste"), Qt::SHIFT | Qt::Key_Insert,
               &ListTable::pasteLines);
    addEditing("commentLines", tr("Co&mment out or in"), QStringLiteral("comment"), Qt::CTRL | Qt::Key_Slash,
               &ListTable::toggleComments);
    addEditing("removeLines", tr("&Remove lines"), QStringLiteral("remove"), QKeySequence::Delete,
               &ListTable::removeLines);
    auto *separator = new QAction(this);
    separator->setSeparator(true);
    addAction(separator);
    addCopyActions(this);
    setUpColumns();
    connect(selectionModel(), &QItemSelectionModel::selectionChanged, this, &ListTable::updateEditing);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &ListTable::updateEditing);
    updateEditing();
}

void ListTable::setUpColumns()
{
    const int inner = innerSpacing(this);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + inner);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultAlignment(Qt::AlignRight | Qt::AlignVCenter);
    verticalHeader()->setHighlightSections(false);
    verticalHeader()->setAccessibleName(tr("Numbers of the lines"));
    horizontalHeader()->setHighlightSections(false);
    setCornerButtonEnabled(false);
    setColumnWidth(ListModel::State, textWidth(this, 14));
    auto *columns = new ColumnRoom(horizontalHeader(), ListModel::Image, textWidth(this, 36),
                                   {{ListModel::Note, textWidth(this, 20)},
                                    {ListModel::Parts, textWidth(this, 9)},
                                    {ListModel::Size, textWidth(this, 9)}});
    columns->offerIn(this);
    horizontalHeader()->setSectionsClickable(true);
    horizontalHeader()->setSortIndicatorShown(true);
    horizontalHeader()->setSortIndicatorClearable(true);
    horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder); // as the file has them
}

void ListTable::addEditing(const char *name, const QString &text, const QString &icon,
                           const QKeySequence &key, void (ListTable::*run)())
{
    auto *action = new QAction(themedIcon(icon), text, this);
    action->setObjectName(QLatin1String(name) + QLatin1String("Action"));
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetShortcut);
    connect(action, &QAction::triggered, this, run);
    addAction(action);
    m_editing.append(action);
}

void ListTable::updateEditing()
{
    const bool isAnyChosen = selectionModel()->hasSelection();
    for (QAction *action : m_editing) {
        const bool isNew = action->objectName() == QLatin1String("addLineAction") ||
                           action->objectName() == QLatin1String("pasteLinesAction");
        action->setEnabled(isNew ? m_document != nullptr : isAnyChosen);
    }
}

void ListTable::setDocument(ListDocument *document)
{
    m_document = document;
    m_addedLine = -1;
    m_model.setDocument(document);
}

std::vector<int> ListTable::chosenLines() const
{
    std::vector<int> lines;
    for (const QModelIndex &row : selectionModel()->selectedRows()) {
        lines.push_back(m_model.lineAt(row.row()));
    }
    std::sort(lines.begin(), lines.end());
    return lines;
}

int ListTable::currentLine() const
{
    return currentIndex().isValid() ? m_model.lineAt(currentIndex().row()) : -1;
}

void ListTable::choose(const std::vector<int> &lines)
{
    const QSet<int> wanted(lines.begin(), lines.end());
    const auto isWanted = [&](int row) { return wanted.contains(m_model.lineAt(row)); };
    QItemSelection chosen; // a range for each run of rows: each range makes all that asks for them slower
    for (int row = 0; row < m_model.rowCount() && !wanted.isEmpty(); ++row) {
        const int first = row;
        while (row < m_model.rowCount() && isWanted(row)) {
            ++row;
        }
        if (row > first) {
            chosen.select(m_model.index(first, ListModel::Image), m_model.index(row - 1, ListModel::Image));
        }
    }
    const int row = lines.empty() ? -1 : m_model.rowOf(lines.back());
    if (const QModelIndex last = m_model.index(row, ListModel::Image); last.isValid()) {
        selectionModel()->setCurrentIndex(last, QItemSelectionModel::NoUpdate);
        scrollTo(last);
    }
    selectionModel()->select(chosen, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void ListTable::editLine()
{
    if (currentIndex().isValid()) {
        edit(m_model.index(currentIndex().row(), ListModel::Image));
    }
}

int ListTable::placeForNew() const
{
    return currentLine() < 0 ? int(m_document->rows().size()) : currentLine() + 1;
}

void ListTable::addLine()
{
    const int line = placeForNew();
    Q_EMIT aboutToAdd();
    m_document->insert(line, {QString()});
    m_addedLine = line;
    choose({line});
    setFocus();
    editLine();
}

void ListTable::pasteLines()
{
    const auto text = ListText::parse(QGuiApplication::clipboard()->text().toUtf8(), {});
    if (!text || text->isEmpty()) {
        return;
    }
    QStringList texts;
    for (const ListText::Line &line : text->lines()) {
        texts.append(line.text);
    }
    const int first = placeForNew();
    Q_EMIT aboutToAdd();
    m_document->insert(first, texts);
    std::vector<int> pasted;
    for (int line = first; line < first + int(texts.size()); ++line) {
        pasted.push_back(line);
    }
    choose(pasted);
}

void ListTable::removeLines()
{
    const std::vector<int> lines = chosenLines();
    const int row = m_model.rowOf(lines.front());
    m_document->remove(lines);
    if (m_model.rowCount() > 0) {
        choose({m_model.lineAt(std::min(row, m_model.rowCount() - 1))});
    }
}

void ListTable::toggleComments()
{
    m_document->toggleComments(chosenLines());
}

void ListTable::keyPressEvent(QKeyEvent *event)
{
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isReturn && event->modifiers() == Qt::NoModifier && !isBeingEdited()) {
        editLine();
        return;
    }
    QTableView::keyPressEvent(event);
}

void ListTable::finishEditing()
{
    if (auto *editor = viewport()->findChild<QLineEdit *>(); editor && isBeingEdited()) {
        commitData(editor);
        closeEditor(editor, QAbstractItemDelegate::NoHint);
    }
}

void ListTable::closeEditor(QWidget *editor, QAbstractItemDelegate::EndEditHint hint)
{
    QTableView::closeEditor(editor, hint);
    const int added = std::exchange(m_addedLine, -1);
    const bool isLeftEmpty = added >= 0 && m_document && added < m_document->text().lines().size() &&
                             m_document->text().lines()[added].text.isEmpty();
    if (isLeftEmpty) {
        m_document->takeBack(); // it was not meant after all
    }
    Q_EMIT edited();
}

} // namespace layerpool
