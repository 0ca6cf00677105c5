// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

namespace layerpool {

/// One page of the settings. What is changed on it is kept, and counts, at once.
class SettingsPage : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

    /// Takes over what was typed last.
    virtual void commit() {}
    /// As if nobody had ever set anything on it.
    virtual void restoreDefaults() = 0;
};

} // namespace layerpool
