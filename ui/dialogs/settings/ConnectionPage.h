// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dialogs/PathEdit.h"
#include "dialogs/settings/FieldNote.h"
#include "dialogs/settings/SettingsPage.h"
#include "work/Connections.h"

#include <QComboBox>
#include <QFormLayout>
#include <QSpinBox>
#include <QThreadPool>
#include <QTimer>

namespace layerpool {

/// The way to all registries: proxy, limits, certificates. What is changed counts at once, for what begins
/// afterwards; what can't be used is said beside its field and not kept.
class ConnectionPage final : public SettingsPage
{
    Q_OBJECT

public:
    /// All must outlive the page.
    ConnectionPage(Connections &connections, QThreadPool &workers, Dialogs &dialogs,
                   QWidget *parent = nullptr);

    void commit() override;
    void restoreDefaults() override;

protected:
    void showEvent(QShowEvent *event) override;

private:
    void addProxy();
    void addRate();
    void addNumbers();
    void addNumber(const QString &label, const QString &name, const Setting<int> &setting, NumberRange range,
                   const QString &suffix, const QString &toolTip);
    void addFiles();
    QLabel *makeScope();
    PathEdit *addFile(const QString &label, const QString &name, const QString &title);
    FieldNote *addNote(const QString &name, QWidget *field);

    void load();
    void showProxy();
    QString proxyProblem() const;
    void keepProxy();
    void keepRate();
    void checkAuthority();
    void checkCertificate();

    Connections &m_connections;
    QThreadPool &m_workers;
    Dialogs &m_dialogs;
    QFormLayout *m_rows;
    QComboBox *m_proxyKind;
    QLineEdit *m_proxy;
    FieldNote *m_proxyNote = nullptr;
    QSpinBox *m_rate;
    QComboBox *m_rateUnit;
    struct Number
    {
        const Setting<int> &setting;
        QSpinBox *spin;
    };
    std::vector<Number> m_numbers;
    PathEdit *m_authority = nullptr;
    FieldNote *m_authorityNote = nullptr;
    PathEdit *m_certificate = nullptr;
    PathEdit *m_key = nullptr;
    FieldNote *m_certificateNote = nullptr;
    QTimer m_authorityTyping; ///< a file is looked at when the typing rests
    QTimer m_certificateTyping;
};

} // namespace layerpool
