// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dialogs/PathEdit.h"
#include "dialogs/PlanForm.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QThreadPool>

namespace layerpool {

class SigningFields;

/// Which bundle a selection is packed into: its file, whose ending is its format; its volumes; what the far
/// side has already; who signs it; and whether the program comes along.
class TarForm final : public PlanForm
{
    Q_OBJECT

public:
    /// The workers and the dialogs must outlive it. A program for the far side is offered where one is found
    /// from that folder.
    TarForm(const Settings &settings, QThreadPool &workers, Dialogs &dialogs,
            const QString &programFolder = QCoreApplication::applicationDirPath(), QWidget *parent = nullptr);

    Verb verb() const override { return Verb::Tar; }
    QString obstacle() const override;
    PlanChoices choices() const override;
    void choose(const PlanChoices &choices) override;
    void remember(Settings &settings) const override;
    std::shared_ptr<SigningKey> signer() const override;
    bool isDestructive() const override { return m_replace->isChecked(); }

private:
    void addFormats();
    void showFormat();
    void setFormat();
    void addVolumes();
    void addTool(const QString &path);
    QString volumes() const;

    const QString m_proposed; ///< the file, where none is named
    PathEdit *m_target;
    QComboBox *m_format;
    QComboBox *m_volumes;
    PathEdit *m_base;
    SigningFields *m_signing = nullptr;
    QCheckBox *m_tool = nullptr; ///< where there is a program to put in
    QCheckBox *m_replace = nullptr;
};

} // namespace layerpool
