// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dialogs/PathEdit.h"
#include "dialogs/PlatformsCombo.h"
#include "dialogs/settings/FieldNote.h"
#include "dialogs/settings/SettingsPage.h"
#include "work/Connections.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QSpinBox>

namespace layerpool {

/// How the program looks and speaks, what it does by itself, and where things lie.
class GeneralPage final : public SettingsPage
{
    Q_OBJECT

public:
    /// All must outlive the page.
    GeneralPage(Settings &settings, Connections &connections, Dialogs &dialogs, QWidget *parent = nullptr);

    void restoreDefaults() override;

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    struct Place
    {
        const Setting<QString> &setting;
        PathEdit *edit;
    };

    void addLooks();
    void addWork();
    void addPlace(const QString &label, const QString &name, const QString &title,
                  const Setting<QString> &setting);
    void load();
    void keepLanguage();
    void applyLanguage();
    void keepPlatforms();

    Settings &m_settings;
    Connections &m_connections;
    Dialogs &m_dialogs;
    QFormLayout *m_rows;
    QComboBox *m_language;
    QComboBox *m_theme;
    QSpinBox *m_tasks;
    QCheckBox *m_notifies;
    PlatformsCombo *m_platforms;
    FieldNote *m_languageNote;
    FieldNote *m_platformsNote;
    std::vector<Place> m_places;
};

} // namespace layerpool
