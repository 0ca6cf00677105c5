// SPDX-License-Identifier: Apache-2.0
#include "views/list/SourceCheckBar.h"

#include "Icons.h"
#include "views/Spacing.h"
#include "work/SourceChecker.h"

#include <QHBoxLayout>
#include <QToolButton>

namespace layerpool {
namespace {

constexpr int kSampleMilliseconds = 100;

} // namespace

SourceCheckBar::SourceCheckBar(SourceChecker &checker, QWidget *parent)
    : QWidget(parent), m_checker(checker), m_phase(new QLabel(this)), m_bar(new QProgressBar(this))
{
    m_phase->setObjectName(QStringLiteral("sourceCheckPhase"));
    m_phase->setTextFormat(Qt::PlainText);
    m_bar->setObjectName(QStringLiteral("sourceCheckProgress"));
    m_bar->setAccessibleName(tr("Progress of the check at the source"));
    m_bar->setTextVisible(false);
    auto *cancel = new QToolButton(this);
    cancel->setObjectName(QStringLiteral("sourceCheckCancelButton"));
    cancel->setIcon(themedIcon(QStringLiteral("cancel")));
    cancel->setToolTip(tr("Ask no more"));
    cancel->setAccessibleName(tr("Cancel the check at the source"));
    cancel->setAutoRaise(true);
    cancel->setFocusPolicy(Qt::TabFocus);
    connect(cancel, &QToolButton::clicked, &checker, &SourceChecker::cancel);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(innerSpacing(this));
    layout->addWidget(m_phase);
    layout->addWidget(m_bar, 1);
    layout->addWidget(cancel);
    m_sampler.setInterval(kSampleMilliseconds);
    connect(&m_sampler, &QTimer::timeout, this, &SourceCheckBar::sample);
    connect(&checker, &SourceChecker::changed, this, &SourceCheckBar::follow);
    follow();
}

void SourceCheckBar::follow()
{
    setVisible(m_checker.isRunning());
    if (m_checker.isRunning()) {
        m_sampler.start();
        sample();
    } else {
        m_sampler.stop();
    }
}

void SourceCheckBar::sample()
{
    const TaskProgress *progress = m_checker.progress();
    m_phase->setText(tr("%1: %2 of %3", "what is done, lines done, all lines")
                         .arg(progress->doing())
                         .arg(progress->imagesDone.load())
                         .arg(progress->imagesTotal.load()));
    m_bar->setRange(0, int(progress->imagesTotal));
    m_bar->setValue(int(progress->imagesDone));
}

} // namespace layerpool
