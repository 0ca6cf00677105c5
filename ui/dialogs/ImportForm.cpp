// SPDX-License-Identifier: Apache-2.0
#include "dialogs/ImportForm.h"

#include "Words.h"
#include "work/Places.h"

namespace layerpool {
namespace {

enum MovedTagsRow { MoveRow, KeepRow };

} // namespace

ImportForm::ImportForm(const Settings &settings, Dialogs &dialogs, QWidget *parent)
    : PlanForm(parent)
    , m_bundle(new PathEdit(
          PathEdit::Mode::File, dialogs,
          {tr("Choose the bundle"), startFolder(settings, settings::bundlesFolder), bundleFilter()}, this))
    , m_movedTags(new QComboBox(this))
{
    m_bundle->edit()->setPlaceholderText(tr("a bundle, or any volume of one"));
    m_bundle->edit()->setAccessibleName(tr("Bundle"));
    m_movedTags->setObjectName(QStringLiteral("movedTagsCombo"));
    m_movedTags->addItem(tr("Move them to the bundle's image"));
    m_movedTags->addItem(tr("Keep them, and skip the image"));
    rows().addRow(tr("&Bundle:"), m_bundle);
    rows().addRow(tr("&Tags that differ in the pool:"), m_movedTags);
    setFocusProxy(m_bundle);
    connect(m_bundle, &PathEdit::edited, this, &PlanForm::edited);
    connect(m_movedTags, &QComboBox::currentIndexChanged, this, &PlanForm::edited);
}

QString ImportForm::obstacle() const
{
    return m_bundle->path().isEmpty() ? tr("Choose the bundle to see what it holds.") : QString();
}

PlanChoices ImportForm::choices() const
{
    PlanChoices choices;
    choices.bundle = m_bundle->path();
    choices.movedTags = m_movedTags->currentIndex() == KeepRow ? MovedTags::Keep : MovedTags::Move;
    return choices;
}

void ImportForm::choose(const PlanChoices &choices)
{
    m_bundle->setPath(choices.bundle);
    m_movedTags->setCurrentIndex(choices.movedTags == MovedTags::Keep ? KeepRow : MoveRow);
}

} // namespace layerpool
