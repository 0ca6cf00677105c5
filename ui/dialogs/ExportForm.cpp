// SPDX-License-Identifier: Apache-2.0
#include "dialogs/ExportForm.h"

#include "work/Places.h"

namespace layerpool {

ExportForm::ExportForm(const Settings &settings, Dialogs &dialogs, QWidget *parent)
    : PlanForm(parent)
    , m_target(new PathEdit(
          PathEdit::Mode::Folder, dialogs,
          {tr("Choose a folder to export into"), startFolder(settings, settings::bundlesFolder), {}}, this))
    , m_layout(new QComboBox(this))
    , m_layoutNote(new FieldNote(QStringLiteral("exportLayoutNote"), m_layout, this))
{
    m_target->edit()->setPlaceholderText(tr("a new or empty folder, or one to add to"));
    m_target->edit()->setAccessibleName(tr("Target folder"));
    m_layout->setObjectName(QStringLiteral("exportLayoutCombo"));
    addLayout(ExportFormat::SkopeoDir, tr("Folders for skopeo"),
              tr("A folder NAME:TAG for each image, as “skopeo sync” reads and writes them; it takes all "
                 "images. Each folder has its layers to itself."));
    addLayout(ExportFormat::OciLayout, tr("OCI image layout"),
              tr("One folder that has each layer once, for skopeo, containerd and others; skopeo finds no "
                 "images of Docker's media types in it."));
    rows().addRow(tr("Target &folder:"), m_target);
    rows().addRow(tr("Fo&rmat:"), m_layout);
    rows().addRow(QString(), m_layoutNote);
    setFocusProxy(m_target);
    connect(m_target, &PathEdit::edited, this, &PlanForm::edited);
    const auto sayLayout = [this] { m_layoutNote->say(m_layout->currentData(Qt::ToolTipRole).toString()); };
    connect(m_layout, &QComboBox::currentIndexChanged, this, [this, sayLayout] {
        sayLayout();
        Q_EMIT edited();
    });
    sayLayout();
}

void ExportForm::addLayout(ExportFormat format, const QString &name, const QString &meaning)
{
    m_layout->addItem(name, static_cast<int>(format));
    m_layout->setItemData(m_layout->count() - 1, meaning, Qt::ToolTipRole);
}

QString ExportForm::obstacle() const
{
    return m_target->path().isEmpty() ? tr("Choose the folder to see what it takes.") : QString();
}

PlanChoices ExportForm::choices() const
{
    PlanChoices choices;
    choices.target = m_target->path();
    choices.layout = static_cast<ExportFormat>(m_layout->currentData().toInt());
    return choices;
}

void ExportForm::choose(const PlanChoices &choices)
{
    m_target->setPath(choices.target);
    m_layout->setCurrentIndex(m_layout->findData(static_cast<int>(choices.layout)));
}

} // namespace layerpool
