// SPDX-License-Identifier: Apache-2.0
#include "dialogs/TarForm.h"

#include "bundle/BundleFormat.h"
#include "bundle/BundleTool.h"
#include "dialogs/SigningFields.h"
#include "settings/Settings.h"
#include "work/Places.h"

#include <QDir>

namespace layerpool {

TarForm::TarForm(const Settings &settings, QThreadPool &workers, Dialogs &dialogs,
                 const QString &programFolder, QWidget *parent)
    : PlanForm(parent)
    , m_proposed(startFolder(settings, settings::bundlesFolder) + QStringLiteral("/images.tar"))
    , m_target(new PathEdit(
          PathEdit::Mode::NewFile, dialogs,
          {tr("Choose the bundle's file"), m_proposed, tr("Bundles (*.tar *.zip *.tar.zst *.tar.gz)")}, this))
    , m_format(new QComboBox(this))
    , m_volumes(new QComboBox(this))
    , m_base(new PathEdit(PathEdit::Mode::Files, dialogs,
                          {tr("Choose what the far side has"), startFolder(settings, settings::bundlesFolder),
                           tr("Inventories (*.json);;All files (*)")},
                          this))
{
    m_target->edit()->setPlaceholderText(tr("NAME.tar, or .zip, .tar.zst, .tar.gz"));
    m_target->edit()->setAccessibleName(tr("Target file"));
    m_base->edit()->setPlaceholderText(tr("nothing: all layers go into the bundle"));
    m_base->edit()->setAccessibleName(tr("What the far side has"));
    m_base->setToolTip(
        tr("Inventories of the far side, or the NAME.index.json of earlier bundles, set apart by semicolons: "
           "layers in them are left out"));
    m_base->setObjectName(QStringLiteral("tarBase"));
    addFormats();
    addVolumes();
    rows().addRow(tr("Target &file:"), m_target);
    rows().addRow(tr("For&mat:"), m_format);
    rows().addRow(tr("&Volumes:"), m_volumes);
    rows().addRow(tr("The far side &has:"), m_base);
    m_signing = new SigningFields(workers, dialogs, rows(), this);
    if (const QString tool = findTool(programFolder); !tool.isEmpty()) {
        addTool(tool);
    }
    m_replace = new QCheckBox(tr("&Replace a bundle that is there"), this); // Tab comes to it last
    m_replace->setObjectName(QStringLiteral("replaceCheck"));
    rows().addRow(QString(), m_replace);
    setFocusProxy(m_target);
    for (const PathEdit *edit : {m_target, m_base}) {
        connect(edit, &PathEdit::edited, this, &PlanForm::edited);
    }
    connect(m_volumes, &QComboBox::currentTextChanged, this, &PlanForm::edited);
    connect(m_signing, &SigningFields::edited, this, &PlanForm::edited);
    connect(m_replace, &QCheckBox::toggled, this, &PlanForm::edited);
    m_signing->setPath(settings.value(settings::signingKey));
}

// The ending of the file's name is the format; this shows it, and changes it.
void TarForm::addFormats()
{
    m_format->setObjectName(QStringLiteral("formatCombo"));
    m_format->setPlaceholderText(tr("by the ending of the name", "the format of a bundle"));
    m_format->setToolTip(
        tr("The ending of the file's name. A stock registry can use an unpacked tar as it is"));
    for (const BundleFormat format :
         {BundleFormat::Tar, BundleFormat::TarZstd, BundleFormat::TarGzip, BundleFormat::Zip}) {
        m_format->addItem(endingOf(format).sliced(1), int(format));
    }
    m_format->setCurrentIndex(-1);
    connect(m_format, &QComboBox::activated, this, &TarForm::setFormat);
    connect(m_target, &PathEdit::edited, this, &TarForm::showFormat);
}

void TarForm::showFormat()
{
    const std::optional<BundleFormat> format = formatOf(m_target->path());
    m_format->setCurrentIndex(format ? m_format->findData(int(*format)) : -1);
}

void TarForm::setFormat()
{
    const QString typed = m_target->edit()->text().trimmed();
    const auto format = static_cast<BundleFormat>(m_format->currentData().toInt());
    m_target->setPath(withoutEnding(typed.isEmpty() ? m_proposed : typed) + endingOf(format));
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

void TarForm::addTool(const QString &path)
{
    m_tool = new QCheckBox(tr("Put the program for the far &side in"), this);
    m_tool->setObjectName(QStringLiteral("toolCheck"));
    m_tool->setToolTip(tr("A portable build, for a far side without Layerpool: %1", "a file")
                           .arg(QDir::toNativeSeparators(path)));
    rows().addRow(QString(), m_tool);
    connect(m_tool, &QCheckBox::toggled, this, &PlanForm::edited);
}

QString TarForm::volumes() const
{
    const QString text = m_volumes->currentText().trimmed();
    const int row = m_volumes->findText(text);
    return row >= 0 ? m_volumes->itemData(row).toString() : text;
}

QString TarForm::obstacle() const
{
    return m_target->path().isEmpty() ? tr("Choose the file to see what it takes.") : m_signing->obstacle();
}

std::shared_ptr<SigningKey> TarForm::signer() const
{
    return m_signing->key();
}

// One bundle that nobody signs is an exception: Settings ▸ Signatures switches signing off.
void TarForm::remember(Settings &settings) const
{
    if (const QString key = m_signing->path(); !key.isEmpty()) {
        settings.setValue(settings::signingKey, key);
    }
}

PlanChoices TarForm::choices() const
{
    PlanChoices choices;
    choices.target = m_target->path();
    choices.volumes = volumes();
    choices.base = m_base->paths();
    choices.signKey = m_signing->path();
    choices.withTool = m_tool && m_tool->isChecked();
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
    m_signing->setPath(choices.signKey);
    if (m_tool) {
        m_tool->setChecked(choices.withTool);
    }
    m_replace->setChecked(false);
}

} // namespace layerpool
