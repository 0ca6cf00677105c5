// SPDX-License-Identifier: Apache-2.0
#include "dialogs/TarForm.h"

#include "work/Places.h"

namespace layerpool {

TarForm::TarForm(const Settings &settings, Dialogs &dialogs, QWidget *parent)
    : PlanForm(parent)
    , m_target(new PathEdit(PathEdit::Mode::NewFile, dialogs,
                            {tr("Choose the bundle's file"),
                             startFolder(settings, settings::bundlesFolder) + QStringLiteral("/images.tar"),
                             tr("Bundles (*.tar *.zip *.tar.zst *.tar.gz)")},
                            this))
    , m_volumes(new QComboBox(this))
    , m_base(new PathEdit(PathEdit::Mode::Files, dialogs,
                          {tr("Choose what the far side has"), startFolder(settings, settings::bundlesFolder),
                           tr("Inventories (*.json);;All files (*)")},
                          this))
    , m_replace(new QCheckBox(tr("&Replace a bundle that is there"), this))
{
    m_target->edit()->setPlaceholderText(tr("NAME.tar, or .zip, .tar.zst, .tar.gz"));
    m_target->edit()->setAccessibleName(tr("Target file"));
    m_base->edit()->setPlaceholderText(tr("nothing: all layers go into the bundle"));
    m_base->edit()->setAccessibleName(tr("What the far side has"));
    m_base->setToolTip(
        tr("Inventories of the far side, or the NAME.index.json of earlier bundles, set apart by semicolons: "
           "layers in them are left out"));
    m_base->setObjectName(QStringLiteral("tarBase"));
    m_replace->setObjectName(QStringLiteral("replaceCheck"));
    addVolumes();
    rows().addRow(tr("Target &file:"), m_target);
    rows().addRow(tr("&Volumes:"), m_volumes);
    rows().addRow(tr("The far side &has:"), m_base);
    rows().addRow(QString(), m_replace);
    setFocusProxy(m_target);
    for (const PathEdit *edit : {m_target, m_base}) {
        connect(edit, &PathEdit::edited, this, &PlanForm::edited);
    }
    connect(m_volumes, &QComboBox::currentTextChanged, this, &PlanForm::edited);
    connect(m_replace, &QCheckBox::toggled, this, &PlanForm::edited);
}

// Any other size can be typed.
void TarForm::addVolumes()
{
    m_volumes->setObjectName(QStringLiteral("volumesCombo"));
    m_volumes->setEditable(true);
    m_volumes->setInsertPolicy(QComboBox::NoInsert);
    m_volumes->setToolTip(tr("The size of each file, such as 4G or 700Mi; each can be checked by itself"));
    m_volumes->addItem(tr("None: one file"), QString());
    m_volumes->addItem(tr("FAT32 (4.3 GB)"), QStringLiteral("fat32"));
    m_volumes->addItem(tr("DVD (4.7 GB)"), QStringLiteral("dvd"));
    m_volumes->addItem(tr("Blu-ray (25 GB)"), QStringLiteral("bluray"));
}

QString TarForm::volumes() const
{
    const QString text = m_volumes->currentText().trimmed();
    const int row = m_volumes->findText(text);
    return row >= 0 ? m_volumes->itemData(row).toString() : text;
}

QString TarForm::obstacle() const
{
    return m_target->path().isEmpty() ? tr("Choose the file to see what it takes.") : QString();
}

PlanChoices TarForm::choices() const
{
    PlanChoices choices;
    choices.target = m_target->path();
    choices.volumes = volumes();
    choices.base = m_base->paths();
    choices.replaces = m_replace->isChecked();
    return choices;
}

// That a file may be replaced was said of another selection.
void TarForm::choose(const PlanChoices &choices)
{
    m_target->setPath(choices.target);
    const int row = m_volumes->findData(choices.volumes);
    m_volumes->setCurrentIndex(std::max(0, row));
    if (row < 0) {
        m_volumes->setEditText(choices.volumes);
    }
    m_base->setPaths(choices.base);
    m_replace->setChecked(false);
}

} // namespace layerpool
