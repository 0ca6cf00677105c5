// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QMenu>

namespace layerpool {

class Settings;

/// View ▸ Theme: the same choice as in the settings.
class ThemeMenu final : public QMenu
{
    Q_OBJECT

public:
    /// The settings must outlive the menu.
    explicit ThemeMenu(Settings &settings, QWidget *parent = nullptr);

private:
    void showChosen();

    Settings &m_settings;
    QActionGroup *m_themes;
};

} // namespace layerpool
