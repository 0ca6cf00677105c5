// SPDX-License-Identifier: Apache-2.0
#include "dialogs/settings/GeneralPage.h"

#include "Theme.h"
#include "Translations.h"
#include "Words.h"
#include "dialogs/settings/SettingsDialog.h"
#include "views/Spacing.h"

#include <QApplication>
#include <QEvent>

namespace layerpool {
namespace {

constexpr int kMostTasks = 8;

} // namespace

GeneralPage::GeneralPage(Settings &settings, Connections &connections, Dialogs &dialogs, QWidget *parent)
    : SettingsPage(parent)
    , m_settings(settings)
    , m_connections(connections)
    , m_dialogs(dialogs)
    , m_rows(new QFormLayout(this))
    , m_language(new QComboBox(this))
    , m_theme(new QComboBox(this))
    , m_tasks(new QSpinBox(this))
    , m_notifies(new QCheckBox(tr("Notif&y at the end of long work, while another window is in front"), this))
    , m_platforms(new PlatformsCombo(this))
    , m_languageNote(new FieldNote(QStringLiteral("languageNote"), m_language, this))
    , m_platformsNote(new FieldNote(QStringLiteral("platformsNote"), m_platforms, this))
{
    m_rows->setHorizontalSpacing(outerSpacing(this));
    m_rows->setVerticalSpacing(innerSpacing(this));
    m_rows->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    addLooks();
    addWork();
    addPlace(tr("Folder of l&ists:"), QStringLiteral("listsFolderEdit"), tr("Choose where your lists are"),
             settings::listsFolder);
    addPlace(tr("Folder of &pools:"), QStringLiteral("poolsFolderEdit"), tr("Choose where your pools are"),
             settings::poolsFolder);
    addPlace(tr("Folder of &bundles:"), QStringLiteral("bundlesFolderEdit"),
             tr("Choose where tar files and bundles go"), settings::bundlesFolder);
    load();
    setFocusProxy(m_language);
}

void GeneralPage::addLooks()
{
    m_language->setObjectName(QStringLiteral("languageCombo"));
    m_language->addItem(tr("As the system", "language"), QString());
    for (const QString &language : languages()) {
        m_language->addItem(nameOfLanguage(language), language);
    }
    m_theme->setObjectName(QStringLiteral("themeCombo"));
    for (const Theme theme : allThemes) {
        m_theme->addItem(wordFor(theme));
    }
    m_rows->addRow(tr("&Language:"), m_language);
    m_rows->addRow(QString(), m_languageNote);
    m_rows->addRow(tr("T&heme:"), m_theme);
    connect(m_language, &QComboBox::activated, this, &GeneralPage::keepLanguage);
    connect(m_theme, &QComboBox::activated, this, [this](int row) { chooseTheme(Theme(row), m_settings); });
}

void GeneralPage::addWork()
{
    m_tasks->setObjectName(QStringLiteral("tasksAtOnceSpin"));
    m_tasks->setRange(1, kMostTasks);
    m_tasks->setKeyboardTracking(false);
    m_tasks->setToolTip(tr("The others wait for their turn"));
    m_tasks->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_notifies->setObjectName(QStringLiteral("notifiesCheck"));
    m_platforms->setToolTip(tr("What Convert begins with: one platform, or several set apart by commas"));
    m_rows->addRow(tr("Tas&ks at a time:"), m_tasks);
    m_rows->addRow(QString(), m_notifies);
    m_rows->addRow(tr("Platfor&ms:"), m_platforms);
    m_rows->addRow(QString(), m_platformsNote);
    connect(m_tasks, &QSpinBox::valueChanged, this,
            [this](int tasks) { m_connections.set(settings::tasksAtOnce, tasks); });
    connect(m_notifies, &QCheckBox::toggled, this,
            [this](bool isOn) { m_settings.setValue(settings::notifies, isOn); });
    connect(m_platforms, &QComboBox::currentTextChanged, this, &GeneralPage::keepPlatforms);
}

void GeneralPage::addPlace(const QString &label, const QString &name, const QString &title,
                           const Setting<QString> &setting)
{
    auto *place = new PathEdit(PathEdit::Mode::Folder, m_dialogs, {title, {}, {}}, this);
    place->edit()->setObjectName(name);
    place->edit()->setAccessibleName(withoutMnemonic(label).chopped(1));
    place->edit()->setPlaceholderText(tr("where the last one was", "a folder"));
    m_rows->addRow(label, place);
    m_places.push_back({setting, place});
    connect(place, &PathEdit::edited, this,
            [this, place, &setting] { m_settings.setValue(setting, place->path()); });
}

void GeneralPage::load()
{
    m_language->setCurrentIndex(std::max(0, m_language->findData(m_settings.value(settings::language))));
    m_theme->setCurrentIndex(int(themeOf(m_settings)));
    m_tasks->setValue(m_settings.value(settings::tasksAtOnce));
    m_notifies->setChecked(m_settings.value(settings::notifies));
    m_platforms->load(m_settings);
    for (const Place &place : m_places) {
        place.edit->setPath(m_settings.value(place.setting));
    }
}

void GeneralPage::keepLanguage()
{
    const QString language = m_language->currentData().toString();
    if (language != m_settings.value(settings::language)) {
        m_settings.setValue(settings::language, language);
        applyLanguage();
    }
}

// Neither the window nor a half of it changes its language under a dialog.
void GeneralPage::applyLanguage()
{
    const QDialog *other = SettingsDialog::otherThatIsShown();
    m_languageNote->say(other ? tr("Close the other dialogs: the window follows then.") : QString());
    if (other) {
        connect(other, &QObject::destroyed, this, &GeneralPage::applyLanguage, Qt::QueuedConnection);
        connect(other, &QDialog::finished, this, &GeneralPage::applyLanguage, Qt::QueuedConnection);
    } else {
        speak(*qApp, m_settings.value(settings::language));
    }
}

void GeneralPage::keepPlatforms()
{
    const Result<PlatformChoice> choice = m_platforms->choice();
    m_platformsNote->say(choice ? QString() : sentenceOf(choice.error()));
    m_platforms->remember(m_settings);
}

// The window's menu has the themes too.
void GeneralPage::changeEvent(QEvent *event)
{
    SettingsPage::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        m_theme->setCurrentIndex(int(themeOf(m_settings)));
    }
}

// Convert keeps platforms too.
void GeneralPage::showEvent(QShowEvent *event)
{
    SettingsPage::showEvent(event);
    load();
}

void GeneralPage::restoreDefaults()
{
    m_settings.reset(settings::platforms);
    m_settings.reset(settings::notifies);
    m_connections.set(settings::tasksAtOnce, settings::tasksAtOnce.fallback);
    for (const Place &place : m_places) {
        m_settings.reset(place.setting);
    }
    chooseTheme(Theme::System, m_settings);
    load();
    m_language->setCurrentIndex(0);
    keepLanguage();
}

} // namespace layerpool
