// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "task/ConvertPlan.h"

#include <QComboBox>

namespace layerpool {

class Settings;

/// Which platforms of an image are taken: chosen, or typed, several set apart by commas.
class PlatformsCombo final : public QComboBox
{
    Q_OBJECT

public:
    explicit PlatformsCombo(QWidget *parent = nullptr);

    /// What is chosen, in words that do not change with the language: empty for all platforms.
    QString words() const;
    void setWords(const QString &words);
    /// What that means. Errors: BadInput.
    Result<PlatformChoice> choice() const;

    void load(const Settings &settings);
    /// Only where it can be understood.
    void remember(Settings &settings) const;
};

} // namespace layerpool
