// SPDX-License-Identifier: Apache-2.0
#include "dialogs/TargetFields.h"

#include "Words.h"
#include "settings/Settings.h"
#include "views/Spacing.h"

#include <algorithm>

namespace layerpool {
namespace {

enum MovedTagsRow { MoveRow, KeepRow };

} // namespace

TargetFields::TargetFields(Deed deed, const Settings &settings, QFormLayout &rows, QObject *parent)
    : QObject(parent)
    , m_target(new QLineEdit(settings.value(settings::pushTarget)))
    , m_movedTags(new QComboBox)
    , m_sparse(new QComboBox)
{
    m_target->setObjectName(QStringLiteral("targetEdit"));
    m_target->setPlaceholderText(tr("HOST[:PORT][/PREFIX], such as harbor.corp:443/mirror"));
    m_movedTags->setObjectName(QStringLiteral("movedTagsCombo"));
    const bool isPush = deed == Deed::Push;
    m_movedTags->addItem(isPush ? tr("Move them to the pool's image") : tr("Are told as faults"));
    m_movedTags->addItem(isPush ? tr("Keep them, and skip the image") : tr("Were kept by the push"));
    m_movedTags->setCurrentIndex(settings.value(settings::pushKeepsTags) ? KeepRow : MoveRow);
    m_sparse->setObjectName(QStringLiteral("sparseCombo"));
    m_sparse->addItem(isPush ? tr("Send them as they are") : tr("Were sent as they are"));
    m_sparse->addItem(isPush ? tr("Make a new index of the platforms there are")
                             : tr("Were sent as a new index of the platforms there are"));
    m_sparse->addItem(isPush ? tr("Send each platform under a tag of its own")
                             : tr("Were sent as platforms under tags of their own"));
    m_sparse->setCurrentIndex(std::clamp(settings.value(settings::pushSparse), 0, m_sparse->count() - 1));

    rows.addRow(tr("Target &registry:"), m_target);
    rows.addRow(tr("&Tags that differ there:"), m_movedTags);
    rows.addRow(tr("I&ndexes with platforms left out:"), m_sparse);
    m_target->setMinimumWidth(textWidth(m_target, 44));

    connect(m_target, &QLineEdit::textChanged, this, &TargetFields::edited);
    connect(m_movedTags, &QComboBox::currentIndexChanged, this, &TargetFields::edited);
    connect(m_sparse, &QComboBox::currentIndexChanged, this, &TargetFields::edited);
}

void TargetFields::setVisible(QFormLayout &rows, bool isVisible)
{
    for (QWidget *field : {static_cast<QWidget *>(m_target), static_cast<QWidget *>(m_movedTags),
                           static_cast<QWidget *>(m_sparse)}) {
        rows.setRowVisible(field, isVisible);
    }
}

QString TargetFields::obstacle() const
{
    const PlanChoices chosen = choices();
    if (chosen.target.isEmpty()) {
        return tr("Name the target registry to see what it lacks.");
    }
    const Result<RegistryAddress> target = targetRegistryOf(chosen);
    return target ? QString() : sentenceOf(target.error());
}

PlanChoices TargetFields::choices() const
{
    PlanChoices choices;
    choices.target = m_target->text().trimmed();
    choices.movedTags = m_movedTags->currentIndex() == KeepRow ? MovedTags::Keep : MovedTags::Move;
    choices.sparse = static_cast<SparseIndexes>(m_sparse->currentIndex());
    return choices;
}

void TargetFields::choose(const PlanChoices &choices)
{
    m_target->setText(choices.target);
    m_movedTags->setCurrentIndex(choices.movedTags == MovedTags::Keep ? KeepRow : MoveRow);
    m_sparse->setCurrentIndex(static_cast<int>(choices.sparse));
}

void TargetFields::remember(Settings &settings) const
{
    const PlanChoices chosen = choices();
    settings.setValue(settings::pushTarget, chosen.target);
    settings.setValue(settings::pushKeepsTags, chosen.movedTags == MovedTags::Keep);
    settings.setValue(settings::pushSparse, static_cast<int>(chosen.sparse));
}

} // namespace layerpool
