// SPDX-License-Identifier: Apache-2.0
#include "dialogs/MadeButtons.h"

#include "Icons.h"
#include "ReportExport.h"
#include "dialogs/Dialogs.h"
#include "views/Spacing.h"
#include "views/SpokenLabel.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace layerpool {

MadeButtons::MadeButtons(const Made &made, Dialogs &dialogs, ReportExport &reports, QWidget *parent)
    : QWidget(parent), m_dialogs(dialogs), m_said(new SpokenLabel(QStringLiteral("madeMessage"), this))
{
    auto *row = new QHBoxLayout;
    row->setSpacing(innerSpacing(this));
    openOnClick(
        addButton(*row, QStringLiteral("showFolderButton"), QStringLiteral("folder"), tr("Show in &folder")),
        made.folder);
    if (const QString page = made.report; !page.isEmpty()) {
        openOnClick(
            addButton(*row, QStringLiteral("openReportButton"), QStringLiteral("list"), tr("&Open report")),
            page);
        const QPushButton *pdf = addButton(*row, QStringLiteral("savePdfButton"), QStringLiteral("save-as"),
                                           tr("Save report as &PDF…"));
        connect(pdf, &QPushButton::clicked, this, [this, &reports, page] {
            reports.run(*this, page, [this](const QString &sentence) { m_said->say(sentence); });
        });
    }
    row->addStretch();
    m_said->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(innerSpacing(this));
    layout->addLayout(row);
    layout->addWidget(m_said);
}

QPushButton *MadeButtons::addButton(QHBoxLayout &row, const QString &name, const QString &icon,
                                    const QString &text)
{
    auto *button = new QPushButton(themedIcon(icon), text, this);
    button->setObjectName(name);
    button->setAutoDefault(false);
    row.addWidget(button);
    return button;
}

void MadeButtons::openOnClick(QPushButton *button, const QString &path)
{
    connect(button, &QPushButton::clicked, this, [this, path] { m_dialogs.openOutside(this, path); });
}

} // namespace layerpool
