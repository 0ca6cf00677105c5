// SPDX-License-Identifier: Apache-2.0
#include "dialogs/ConvertForm.h"

#include "Words.h"
#include "settings/Settings.h"
#include "views/Spacing.h"

namespace layerpool {

ConvertForm::ConvertForm(QString poolPath, Connections &connections, const Settings &settings,
                         QWidget *parent)
    : PlanForm(parent)
    , m_connections(connections)
    , m_poolPath(std::move(poolPath))
    , m_source(new QLineEdit(settings.value(settings::source), this))
    , m_mirrors(new QLineEdit(this))
    , m_platforms(new PlatformsCombo(this))
    , m_referrers(new QCheckBox(tr("Si&gnatures and other referrers"), this))
    , m_keepsHost(new QCheckBox(tr("&Registries in the pool's names"), this))
    , m_foreign(new QCheckBox(tr("Fetch &foreign layers too"), this))
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
    connect(m_source, &QLineEdit::textChanged, this, &PlanForm::edited);
    connect(m_mirrors, &QLineEdit::textChanged, this, &PlanForm::edited);
    connect(m_platforms, &QComboBox::currentTextChanged, this, &PlanForm::edited);
    connect(m_referrers, &QCheckBox::toggled, this, &PlanForm::edited);
    connect(m_keepsHost, &QCheckBox::toggled, this, &PlanForm::edited);
    connect(m_foreign, &QCheckBox::toggled, this, &PlanForm::edited);
}

void ConvertForm::showMirrors()
{
    m_mirrors->setText(wordsOf(m_connections.mirrors()).join(QStringLiteral(", ")));
}

Result<NamingRules> ConvertForm::naming() const
{
    Result<RegistryAddress> source = RegistryAddress::parse(m_source->text().trimmed());
    if (!source) {
        return source.error();
    }
    NamingRules naming;
    naming.source = *source;
    naming.keepsHost = m_keepsHost->isChecked();
    Result<Mirrors> mirrors = parseMirrors(wordsOf(m_mirrors->text()), source->host);
    if (!mirrors) {
        return mirrors.error();
    }
    naming.mirrors = *std::move(mirrors);
    return naming;
}

QStringList ConvertForm::registries() const
{
    const Result<NamingRules> rules = naming();
    if (!rules) {
        return {};
    }
    QStringList hosts{rules->source.host};
    for (const auto &[host, mirrors] : rules->mirrors) {
        for (const RegistryAddress &mirror : mirrors) {
            hosts.append(mirror.host);
        }
    }
    return hosts;
}

QString ConvertForm::obstacle() const
{
    if (m_source->text().trimmed().isEmpty()) {
        return tr("Name the registry that answers for lines without one.");
    }
    if (const Result<NamingRules> rules = naming(); !rules) {
        return sentenceOf(rules.error());
    }
    if (const Result<PlatformChoice> choice = m_platforms->choice(); !choice) {
        return sentenceOf(choice.error());
    }
    return {};
}

PlanMaker ConvertForm::maker(const Subject &subject) const
{
    ConvertRequest request;
    request.poolPath = m_poolPath;
    request.listName = subject.name;
    request.lines = subject.list->images();
    request.naming = *naming();
    request.platforms = *m_platforms->choice();
    request.registry = access();
    request.takesReferrers = m_referrers->isChecked();
    request.takesForeignLayers = m_foreign->isChecked();
    return [request](const TaskContext &context) -> Result<PreparedTask> {
        Result<ConvertPlan> plan = planConvert(request, context);
        if (!plan) {
            return plan.error();
        }
        return prepared<ConvertTask>(Verb::Convert, *std::move(plan));
    };
}

void ConvertForm::remember(Settings &settings) const
{
    settings.setValue(settings::source, m_source->text().trimmed());
    settings.setValue(settings::takesReferrers, m_referrers->isChecked());
    settings.setValue(settings::keepsHost, m_keepsHost->isChecked());
    m_platforms->remember(settings);
    if (const Result<NamingRules> rules = naming()) {
        m_connections.setMirrors(rules->mirrors);
    }
}

} // namespace layerpool
