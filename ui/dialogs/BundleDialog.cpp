// SPDX-License-Identifier: Apache-2.0
#include "dialogs/BundleDialog.h"

#include "Icons.h"
#include "Words.h"
#include "bundle/BundleVolumes.h"
#include "views/BundleFactsView.h"
#include "views/NoticeLine.h"
#include "views/PlainLabel.h"
#include "views/Spacing.h"
#include "views/pool/BundleImagesView.h"
#include "work/Verb.h"
#include "work/Workspace.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QFileInfo>
#include <QScreen>
#include <QVBoxLayout>

#include <chrono>

namespace layerpool {
namespace {

constexpr std::chrono::milliseconds kSampleReading{100};
constexpr int kBarSteps = 1000;

} // namespace

BundleDialog::BundleDialog(const QString &path, Workspace &workspace, QWidget *parent)
    : QDialog(parent)
    , m_reading(path, workspace.poolReaders())
    , m_facts(new BundleFactsView(path, this))
    , m_pages(new QStackedWidget(this))
    , m_images(new BundleImagesView(workspace.workers(), this))
{
    setObjectName(QStringLiteral("bundleDialog"));
    setWindowTitle(tr("Bundle %1").arg(QFileInfo(bundleNamedBy(path)).fileName()));
    setAttribute(Qt::WA_QuitOnClose, false);
    m_progressPage = makeProgressPage();
    m_problemPage = makeProblemPage();
    for (QWidget *page : {m_progressPage, m_problemPage, static_cast<QWidget *>(m_images)}) {
        m_pages->addWidget(page);
    }
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(outerSpacing(this));
    layout->addWidget(m_facts);
    layout->addWidget(m_pages, 1);
    layout->addWidget(makeButtons());
    resize(QSize(textWidth(this, 92), fontMetrics().height() * 36)
               .boundedTo(screen()->availableSize() * 9 / 10));

    m_sampler.setInterval(kSampleReading);
    connect(&m_sampler, &QTimer::timeout, this, &BundleDialog::sampleProgress);
    connect(&m_reading, &BundleReading::begun, this, &BundleDialog::showProgress);
    connect(&m_reading, &BundleReading::done, this, &BundleDialog::showFacts);
    connect(&m_reading, &BundleReading::failed, this, &BundleDialog::showProblem);
    m_reading.start();
}

QWidget *BundleDialog::makeProgressPage()
{
    auto *page = new QWidget(this);
    m_bar = new QProgressBar(page);
    m_bar->setObjectName(QStringLiteral("bundleProgress"));
    m_bar->setAccessibleName(tr("Progress of reading the bundle"));
    m_bar->setTextVisible(false);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(innerSpacing(this));
    layout->addWidget(new QLabel(tr("Reading the bundle"), page));
    layout->addWidget(m_bar);
    layout->addStretch();
    return page;
}

QWidget *BundleDialog::makeProblemPage()
{
    auto *page = new QWidget(this);
    m_problem = new NoticeLine(QStringLiteral("bundleProblem"), page);
    m_problem->sentence().setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_waiting = makePlainLabel(QStringLiteral("bundleWaiting"), page);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(outerSpacing(this));
    layout->addWidget(m_problem);
    layout->addWidget(m_waiting);
    layout->addStretch();
    return page;
}

QWidget *BundleDialog::makeButtons()
{
    auto *buttons = new QDialogButtonBox(this);
    const auto add = [&](const QString &objectName, const QString &icon, const QString &text) {
        QPushButton *button = buttons->addButton(text, QDialogButtonBox::ActionRole);
        button->setObjectName(objectName);
        button->setIcon(themedIcon(icon));
        button->setAutoDefault(false);
        return button;
    };
    const auto addDeed = [&](const QString &objectName, const QString &icon, const QString &text,
                             const QString &tip, Deed deed) {
        QPushButton *button = add(objectName, icon, text);
        button->setToolTip(tip);
        connect(button, &QPushButton::clicked, this, [this, deed] { Q_EMIT wanted(deed); });
        m_deeds.push_back(button);
    };
    addDeed(QStringLiteral("bundleImportButton"), verbIcon(Verb::Import), tr("&Import…"),
            tr("Take its images into a pool; the plan comes first"), Deed::Import);
    addDeed(QStringLiteral("bundlePushButton"), verbIcon(Verb::Push), tr("&Push…"),
            tr("Send its images to a registry from where it lies; the plan comes first"), Deed::Push);
    addDeed(QStringLiteral("bundleCheckButton"), verbIcon(Verb::Verify), tr("Check &every byte…"),
            tr("Read all of it, and compare each blob with its digest"), Deed::Check);
    addDeed(QStringLiteral("bundleLookButton"), QStringLiteral("pool"), tr("&Look inside"),
            tr("Show it in the window, as a pool that is only read"), Deed::Look);
    m_again = add(QStringLiteral("bundleAgainButton"), QStringLiteral("retry"), tr("Try &again"));
    m_again->setAccessibleName(tr("Read the bundle again"));
    connect(m_again, &QPushButton::clicked, &m_reading, &BundleReading::start);
    QPushButton *close = buttons->addButton(QDialogButtonBox::Close);
    close->setObjectName(QStringLiteral("bundleCloseButton"));
    close->setIcon({}); // some styles bring one of another set
    close->setAutoDefault(false);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    return buttons;
}

void BundleDialog::present()
{
    if (!m_known && !m_reading.isRunning()) {
        m_reading.start();
    }
    show();
    raise();
    activateWindow();
}

void BundleDialog::showPage(QWidget *page)
{
    m_pages->setCurrentWidget(page);
    for (QPushButton *deed : m_deeds) {
        deed->setVisible(page == m_images);
    }
    m_again->setVisible(page == m_problemPage);
}

void BundleDialog::showProgress()
{
    m_bar->setRange(0, 0); // until it is known how much there is to read
    m_sampler.start();
    showPage(m_progressPage);
}

void BundleDialog::sampleProgress()
{
    const TaskProgress *progress = m_reading.progress();
    const qint64 total = progress ? progress->bytesTotal.load() : 0;
    if (total > 0) {
        m_bar->setRange(0, kBarSteps);
        m_bar->setValue(int(double(progress->bytesDone) / double(total) * kBarSteps));
    }
}

void BundleDialog::showFacts(const std::shared_ptr<const BundleFacts> &facts)
{
    m_sampler.stop();
    m_known = facts;
    m_facts->setFacts(*facts);
    m_images->setFacts(*facts);
    showPage(m_images);
    m_images->setFocus();
}

void BundleDialog::showProblem(const Error &error, const QStringList &missing)
{
    m_sampler.stop();
    m_problem->say(QStringLiteral("warning"), sentenceOf(error));
    const QString folder = QDir::toNativeSeparators(QFileInfo(m_reading.path()).absolutePath());
    m_waiting->setText(
        missing.isEmpty()
            ? tr("It is read again as soon as its files change.")
            : tr("Insert the disc with %1, and copy it into %2: the bundle is read as soon as it is there.",
                 "names of files, a folder")
                  .arg(missing.join(QStringLiteral(", ")), folder));
    showPage(m_problemPage);
}

} // namespace layerpool
