// SPDX-License-Identifier: Apache-2.0
#include "views/ProblemsView.h"

#include "Icons.h"
#include "Words.h"
#include "models/Roles.h"
#include "views/CopyActions.h"
#include "views/Spacing.h"

#include <QHeaderView>
#include <QVBoxLayout>

#include <algorithm>

namespace layerpool {
namespace {

constexpr int kLeastLines = 6;

// The image has a column of its own: a sentence that names it again leaves no room for the reason.
QString whatAndWhy(const QString &image, const Error &error)
{
    if (!image.isEmpty() && error.what.contains(image) && !error.why.isEmpty()) {
        return error.why.left(1).toUpper() + error.why.mid(1);
    }
    return error.why.isEmpty()
               ? error.what
               : ProblemsView::tr("%1: %2", "what happened, and why").arg(error.what, error.why);
}

} // namespace

ProblemsView::ProblemsView(const QString &name, const QString &heading, QWidget *parent)
    : QWidget(parent), m_list(new QTreeWidget(this)), m_chosen(new QLabel(this))
{
    m_list->setObjectName(name + QLatin1Char('s'));
    m_list->setAccessibleName(heading);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setHeaderLabels({tr("Image"), tr("Why")});
    m_list->setTextElideMode(Qt::ElideMiddle); // the tag tells an image from the next
    addCopyAction(m_list, tr("&Copy"), QKeySequence::Copy, DetailsRole);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &ProblemsView::showChosen);

    m_chosen->setObjectName(name);
    m_chosen->setTextFormat(Qt::PlainText);
    m_chosen->setWordWrap(true);
    m_chosen->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(innerSpacing(this));
    layout->addWidget(m_list, 1);
    layout->addWidget(m_chosen);
    layout->addStretch();
}

void ProblemsView::setProblems(const std::vector<Problem> &problems)
{
    m_list->clear();
    for (const Problem &problem : problems) {
        auto *item = new QTreeWidgetItem(m_list, {problem.image, whatAndWhy(problem.image, problem.error)});
        item->setIcon(0, themedIcon(QStringLiteral("warning")));
        item->setData(0, DetailsRole, sentenceOf(problem.error));
        item->setToolTip(0, problem.image);
        item->setToolTip(1, sentenceOf(problem.error));
    }
    m_list->resizeColumnToContents(0);
    m_list->setColumnWidth(0, std::min(m_list->columnWidth(0), textWidth(this, 44)));
    m_list->setCurrentItem(m_list->topLevelItem(0));
    fitHeight();
    showChosen();
}

// No higher than what there is to see: the advice stands right below.
void ProblemsView::fitHeight()
{
    const int whole = m_list->header()->sizeHint().height() + 2 * m_list->frameWidth() +
                      m_list->topLevelItemCount() * std::max(0, m_list->sizeHintForRow(0));
    const int least =
        std::max(std::min(whole, kLeastLines * fontMetrics().height()), m_list->minimumSizeHint().height());
    m_list->setMinimumHeight(least);
    m_list->setMaximumHeight(std::max(whole, least));
}

void ProblemsView::showChosen()
{
    const QTreeWidgetItem *item = m_list->currentItem();
    const QString text = item ? item->data(0, DetailsRole).toString() : QString();
    m_chosen->setText(text);
    m_chosen->setVisible(!text.isEmpty());
}

} // namespace layerpool
