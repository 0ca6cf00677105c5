// SPDX-License-Identifier: Apache-2.0
#include "dialogs/PushForm.h"

#include "Words.h"
#include "settings/Settings.h"
#include "task/PushPlan.h"
#include "views/Spacing.h"

namespace layerpool {
namespace {

enum MovedTagsRow { MoveRow, KeepRow };

} // namespace

PushForm::PushForm(const Settings &settings, QWidget *parent)
    : PlanForm(parent)
    , m_target(new QLineEdit(settings.value(settings::pushTarget), this))
    , m_movedTags(new QComboBox(this))
    , m_sparse(new QComboBox(this))
{
    m_target->setObjectName(QStringLiteral("targetEdit"));
    m_target->setMinimumWidth(textWidth(this, 44));
    m_target->setPlaceholderText(tr("HOST[:PORT][/PREFIX], such as harbor.corp:443/mirror"));
    m_movedTags->setObjectName(QStringLiteral("movedTagsCombo"));
    m_movedTags->addItem(tr("Move them to the pool's image"));
    m_movedTags->addItem(tr("Keep them, and skip the image"));
    m_movedTags->setCurrentIndex(settings.value(settings::pushKeepsTags) ? KeepRow : MoveRow);
    m_sparse->setObjectName(QStringLiteral("sparseCombo"));
    m_sparse->addItem(tr("Send them as they are"));
    m_sparse->addItem(tr("Make a new index of the platforms there are"));
    m_sparse->addItem(tr("Send each platform under a tag of its own"));
    m_sparse->setCurrentIndex(settings.value(settings::pushSparse));

    rows().addRow(tr("Target &registry:"), m_target);
    rows().addRow(tr("&Tags that differ there:"), m_movedTags);
    rows().addRow(tr("I&ndexes with platforms left out:"), m_sparse);
    setFocusProxy(m_target);

    connect(m_target, &QLineEdit::textChanged, this, &PlanForm::edited);
    connect(m_movedTags, &QComboBox::currentIndexChanged, this, &PlanForm::edited);
    connect(m_sparse, &QComboBox::currentIndexChanged, this, &PlanForm::edited);
}

QString PushForm::obstacle() const
{
    const QString text = m_target->text().trimmed();
    if (text.isEmpty()) {
        return tr("Name the target registry to see what it lacks.");
    }
    const Result<RegistryAddress> target = RegistryAddress::parse(text);
    return target ? QString() : sentenceOf(target.error());
}

QStringList PushForm::registries() const
{
    const Result<RegistryAddress> target = RegistryAddress::parse(m_target->text().trimmed());
    return target ? QStringList{target->host} : QStringList();
}

PlanMaker PushForm::maker(const Subject &subject) const
{
    PushRequest request;
    request.index = subject.index;
    request.name = subject.name;
    request.target = *RegistryAddress::parse(m_target->text().trimmed());
    request.movedTags = m_movedTags->currentIndex() == KeepRow ? MovedTags::Keep : MovedTags::Move;
    request.registry = access();
    request.sparse = static_cast<SparseIndexes>(m_sparse->currentIndex());
    return [subject, request](const TaskContext &context) mutable -> Result<PreparedTask> {
        request.selection = subject.selection();
        Result<PushPlan> plan = planPush(request, context);
        if (!plan) {
            return plan.error();
        }
        return prepared<PushTask>(Verb::Push, *std::move(plan));
    };
}

void PushForm::remember(Settings &settings) const
{
    settings.setValue(settings::pushTarget, m_target->text().trimmed());
    settings.setValue(settings::pushKeepsTags, m_movedTags->currentIndex() == KeepRow);
    settings.setValue(settings::pushSparse, m_sparse->currentIndex());
}

} // namespace layerpool
