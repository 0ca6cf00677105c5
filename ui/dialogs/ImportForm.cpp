// SPDX-License-Identifier: Apache-2.0
#include "dialogs/ImportForm.h"

#include "Words.h"
#include "task/ImportPlan.h"
#include "work/Places.h"

namespace layerpool {
namespace {

enum ImportedTagsRow { ImportMovesRow, ImportKeepsRow };

} // namespace

ImportForm::ImportForm(const Settings &settings, Dialogs &dialogs, QWidget *parent)
    : PlanForm(parent)
    , m_source(new PathEdit(PathEdit::Mode::FileOrFolder, dialogs,
                            {tr("Choose what the pool takes in"),
                             startFolder(settings, settings::bundlesFolder), bundleFilter()},
                            this))
    , m_name(new QLineEdit(this))
    , m_movedTags(new QComboBox(this))
{
    m_source->edit()->setPlaceholderText(tr("a bundle, or what skopeo, docker save or another pool left"));
    m_source->edit()->setAccessibleName(tr("Source"));
    m_name->setObjectName(QStringLiteral("importName"));
    m_name->setPlaceholderText(tr("NAME[:TAG], only where the source does not say it"));
    m_name->setToolTip(
        tr("How the image is called, of a source that does not name it; without TAG, each keeps its own"));
    m_movedTags->setObjectName(QStringLiteral("movedTagsCombo"));
    m_movedTags->addItem(tr("Move them to the bundle's image"));
    m_movedTags->addItem(tr("Keep them, and skip the image"));
    rows().addRow(tr("S&ource:"), m_source);
    rows().addRow(tr("&Name:"), m_name);
    rows().addRow(tr("&Tags that differ in the pool:"), m_movedTags);
    setFocusProxy(m_source);
    connect(m_source, &PathEdit::edited, this, &PlanForm::edited);
    connect(m_name, &QLineEdit::textChanged, this, &PlanForm::edited);
    connect(m_movedTags, &QComboBox::currentIndexChanged, this, &PlanForm::edited);
}

QString ImportForm::obstacle() const
{
    if (m_source->path().isEmpty()) {
        return tr("Choose the source to see what it holds.");
    }
    const Result<std::optional<ImageReference>> name = importNameOf(choices().as);
    return name ? QString() : sentenceOf(name.error());
}

PlanChoices ImportForm::choices() const
{
    PlanChoices choices;
    choices.bundle = m_source->path();
    choices.as = m_name->text().trimmed();
    choices.movedTags = m_movedTags->currentIndex() == ImportKeepsRow ? MovedTags::Keep : MovedTags::Move;
    return choices;
}

void ImportForm::choose(const PlanChoices &choices)
{
    m_source->setPath(choices.bundle);
    m_name->setText(choices.as);
    m_movedTags->setCurrentIndex(choices.movedTags == MovedTags::Keep ? ImportKeepsRow : ImportMovesRow);
}

} // namespace layerpool
