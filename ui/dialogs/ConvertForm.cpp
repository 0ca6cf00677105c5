// SPDX-License-Identifier: Apache-2.0
#include "dialogs/ConvertForm.h"

#include "Words.h"
#include "base/Text.h"
#include "settings/Settings.h"
#include "views/Spacing.h"
#include "work/SourceNaming.h"

namespace layerpool {
namespace {

QString allPlatforms()
{
    return Text::tr("All platforms");
}

} // namespace

ConvertForm::ConvertForm(QString poolPath, const Settings &settings, QWidget *parent)
    : PlanForm(parent)
    , m_poolPath(std::move(poolPath))
    , m_source(new QLineEdit(settings.value(settings::source), this))
    , m_mirrors(new QLineEdit(settings.value(settings::mirrors), this))
    , m_platforms(new QComboBox(this))
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
           "several are set apart by commas."));
    m_platforms->setObjectName(QStringLiteral("platformCombo"));
    m_platforms->setEditable(true);
    m_platforms->setToolTip(tr("One platform, or several set apart by commas"));
    m_platforms->addItems({QStringLiteral("linux/amd64"), QStringLiteral("linux/arm64"),
                           QStringLiteral("linux/amd64, linux/arm64"), allPlatforms()});
    const QString last = settings.value(settings::platforms);
    m_platforms->setCurrentText(last.isEmpty() ? allPlatforms() : last);
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

    connect(m_source, &QLineEdit::textChanged, this, &PlanForm::edited);
    connect(m_mirrors, &QLineEdit::textChanged, this, &PlanForm::edited);
    connect(m_platforms, &QComboBox::currentTextChanged, this, &PlanForm::edited);
    connect(m_referrers, &QCheckBox::toggled, this, &PlanForm::edited);
    connect(m_keepsHost, &QCheckBox::toggled, this, &PlanForm::edited);
    connect(m_foreign, &QCheckBox::toggled, this, &PlanForm::edited);
}

Result<NamingRules> ConvertForm::naming() const
{
    return namingRules(m_source->text(), m_mirrors->text(), m_keepsHost->isChecked());
}

Result<PlatformChoice> ConvertForm::platforms() const
{
    PlatformChoice choice;
    const QString text = m_platforms->currentText().trimmed();
    if (text == allPlatforms()) {
        choice.all = true;
        return choice;
    }
    for (const QString &word : wordsOf(text)) {
        const std::optional<Platform> platform = Platform::parse(word);
        if (!platform) {
            return Error{ErrorKind::BadInput,
                         tr("“%1” is no platform").arg(word),
                         {},
                         tr("Write it as linux/amd64 or linux/arm/v7")};
        }
        choice.platforms.push_back(*platform);
    }
    return choice;
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
    if (const Result<PlatformChoice> choice = platforms(); !choice) {
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
    request.platforms = *platforms();
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
    const QString chosen = m_platforms->currentText().trimmed();
    settings.setValue(settings::source, m_source->text().trimmed());
    settings.setValue(settings::takesReferrers, m_referrers->isChecked());
    settings.setValue(settings::keepsHost, m_keepsHost->isChecked());
    settings.setValue(settings::mirrors, m_mirrors->text().trimmed());
    // Its words change with the language.
    settings.setValue(settings::platforms, chosen == allPlatforms() ? QString() : chosen);
}

} // namespace layerpool
