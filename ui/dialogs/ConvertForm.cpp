// SPDX-License-Identifier: Apache-2.0
#include "dialogs/ConvertForm.h"

#include "Words.h"
#include "settings/Settings.h"
#include "views/Spacing.h"
#include "work/SourceNaming.h"

#include <utility>

namespace layerpool {

ConvertForm::ConvertForm(Connections &connections, const Settings &settings, QWidget *parent)
    : PlanForm(parent)
    , m_connections(connections)
    , m_source(new QLineEdit(settings.value(settings::source), this))
    , m_mirrors(new QLineEdit(this))
    , m_platforms(new PlatformsCombo(this))
    , m_referrers(new QCheckBox(tr("Si&gnatures and other referrers"), this))
    , m_keepsHost(new QCheckBox(tr("&Registries in the pool's names"), this))
    , m_foreign(new QCheckBox(tr("Fetch &foreign layers too"), this))
    , m_isConfirmed(settings.isSet(settings::source))
{
    m_source->setObjectName(QStringLiteral("sourceEdit"));
    m_source->setToolTip(tr("Answers for lines that name no registry: HOST, HOST:PORT or HOST:PORT/PREFIX"));
    m_mirrors->setObjectName(QStringLiteral("mirrorEdit"));
    m_mirrors->setPlaceholderText(tr("none", "no mirror"));
    m_mirrors->setToolTip(
        tr("Asked before the source registry. A mirror of another registry is written HOST=MIRROR, "
           "several are set apart by commas. Settings ▸ Registries has the same."));
    showMirrors();
    m_platforms->load(settings);
    m_referrers->setObjectName(QStringLiteral("referrersCheck"));
    m_referrers->setToolTip(
        tr("What refers to an image comes along with it: signatures, SBOMs, attestations"));
    m_referrers->setChecked(settings.value(settings::takesReferrers));
    m_keepsHost->setObjectName(QStringLiteral("keepsHostCheck"));
    m_keepsHost->setToolTip(tr("Put the registry in front: quay.io/team/app in place of team/app"));
    m_keepsHost->setChecked(settings.value(settings::keepsHost));
    m_foreign->setObjectName(QStringLiteral("foreignCheck"));
    m_foreign->setToolTip(tr("Layers whose licence keeps them at their vendor, as those of Windows: from the "
                             "registry, else from the vendor's address"));
    m_source->setMinimumWidth(textWidth(this, 44));

    rows().addRow(tr("&Source registry:"), m_source);
    rows().addRow(tr("&Mirrors:"), m_mirrors);
    rows().addRow(tr("&Platforms:"), m_platforms);
    rows().addRow(QString(), m_referrers);
    rows().addRow(QString(), m_foreign);
    rows().addRow(QString(), m_keepsHost);
    setFocusProxy(m_source);

    connect(&connections, &Connections::mirrorsChanged, this, &ConvertForm::showMirrors);
    connect(m_source, &QLineEdit::textChanged, this, &ConvertForm::confirm);
    connect(m_mirrors, &QLineEdit::textChanged, this, &PlanForm::edited);
    connect(m_platforms, &QComboBox::currentTextChanged, this, &PlanForm::edited);
    connect(m_referrers, &QCheckBox::toggled, this, &PlanForm::edited);
    connect(m_keepsHost, &QCheckBox::toggled, this, &PlanForm::edited);
    connect(m_foreign, &QCheckBox::toggled, this, &PlanForm::edited);
}

PlanChoices ConvertForm::choices() const
{
    PlanChoices choices;
    choices.source = m_source->text().trimmed();
    choices.mirrors = m_mirrors->text().trimmed();
    choices.platforms = m_platforms->words();
    choices.takesReferrers = m_referrers->isChecked();
    choices.takesForeignLayers = m_foreign->isChecked();
    choices.keepsHost = m_keepsHost->isChecked();
    return choices;
}

void ConvertForm::choose(const PlanChoices &choices)
{
    m_source->setText(choices.source);
    m_isConfirmed = true; // it was asked before
    m_mirrors->setText(choices.mirrors);
    m_platforms->setWords(choices.platforms);
    m_referrers->setChecked(choices.takesReferrers);
    m_foreign->setChecked(choices.takesForeignLayers);
    m_keepsHost->setChecked(choices.keepsHost);
}

void ConvertForm::showMirrors()
{
    const QString kept = wordsOf(m_connections.mirrors()).join(QStringLiteral(", "));
    // Else it holds what is meant for this plan alone.
    if (m_mirrors->text() == std::exchange(m_keptMirrors, kept)) {
        m_mirrors->setText(kept);
    }
}

QString ConvertForm::obstacle() const
{
    if (m_source->text().trimmed().isEmpty()) {
        return tr("Name the registry that answers for lines without one.");
    }
    if (const Result<NamingRules> rules = namingOf(choices()); !rules) {
        return sentenceOf(rules.error());
    }
    if (const Result<PlatformChoice> choice = m_platforms->choice(); !choice) {
        return sentenceOf(choice.error());
    }
    return {};
}

QString ConvertForm::unconfirmed(const Subject &subject) const
{
    const bool isAsked = !m_isConfirmed && linesWithoutRegistry(*subject.list) > 0;
    return isAsked ? m_source->text().trimmed() : QString();
}

void ConvertForm::confirm()
{
    m_isConfirmed = true;
    Q_EMIT edited();
}

void ConvertForm::remember(Settings &settings) const
{
    const PlanChoices chosen = choices();
    settings.setValue(settings::source, chosen.source);
    settings.setValue(settings::takesReferrers, chosen.takesReferrers);
    settings.setValue(settings::keepsHost, chosen.keepsHost);
    m_platforms->remember(settings);
    if (const Result<NamingRules> rules = namingOf(chosen)) {
        m_connections.setMirrors(rules->mirrors);
    }
}

} // namespace layerpool
