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
#include <QShortcut>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>
#include <utility>

namespace layerpool {
namespace {

constexpr std::chrono::milliseconds kSampleReading{100};
constexpr int kBarSteps = 1000;

} // namespace

BundleDialog::BundleDialog(const QString &path, Workspace &workspace, QWidget *parent)
    : QDialog(parent)
    , m_reading(path, workspace.poolReaders())
    , m_facts(new BundleFactsView(path, this))
    , m_changed(new NoticeLine(QStringLiteral("bundleChanged"), this))
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
    layout->addWidget(m_changed);
    m_changed->hide();
    layout->addWidget(m_pages, 1);
    layout->addWidget(makeButtons());
    resize(QSize(textWidth(this, 92), fontMetrics().height() * 36)
               .boundedTo(screen()->availableSize() * 9 / 10));

    auto *again = new QShortcut(QKeySequence::Refresh, this);
    again->setWhatsThis(tr("Read the bundle again"));
    connect(again, &QShortcut::activated, &m_reading, &BundleReading::start);
    m_sampler.setInterval(kSampleReading);
    connect(&m_sampler, &QTimer::timeout, this, &BundleDialog::sampleProgress);
    connect(&m_reading, &BundleReading::begun, this, &BundleDialog::showProgress);
    connect(&m_reading, &BundleReading::changed, this, [this] { m_hasChanged = m_known != nullptr; });
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
    m_phase = makePlainLabel(QStringLiteral("bundlePhase"), page);
    layout->addWidget(m_phase);
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
        connect(button, &QPushButton::clicked, this, [this, deed] { Q_EMIT wanted(deed); });
        m_deeds.push_back({deed, button, tip});
    };
    addDeed(QStringLiteral("bundleImportButton"), verbIcon(Verb::Import), tr("&Import…"),
            tr("Take its images into a pool; the plan comes first"), Deed::Import);
    addDeed(QStringLiteral("bundlePushButton"), verbIcon(Verb::Push), tr("&Push…"),
            tr("Send its images to a registry from where it lies; the plan comes first"), Deed::Push);
    addDeed(QStringLiteral("bundleCheckButton"), verbIcon(Verb::Verify), tr("Check &every byte…"),
            tr("Read all of it, and compare each blob with its digest"), Deed::Check);
    addDeed(QStringLiteral("bundleLookButton"), QStringLiteral("pool"), tr("Open in the &window"),
            tr("Show it in the window, as a pool that is only read"), Deed::Look);
    m_again = add(QStringLiteral("bundleAgainButton"), QStringLiteral("retry"), tr("Try &again"));
    m_again->setAccessibleName(tr("Read the bundle again"));
    m_again->hide();
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

// A button that hides with the focus would hand it to another one, and the next Space would press that.
void BundleDialog::keepFocus(bool isKnown)
{
    const QWidget *focus = focusWidget();
    const bool isDeed =
        std::ranges::any_of(m_deeds, [&](const DeedButton &each) { return each.button == focus; });
    const bool hides = isKnown ? focus == m_again : isDeed;
    if (focus != nullptr && (hides || m_pages->isAncestorOf(focus))) {
        setFocus();
    }
}

// Who tries again may press the button once more: it stays until it is known what is in it.
void BundleDialog::showPage(QWidget *page)
{
    const bool isKnown = page == m_images;
    keepFocus(isKnown);
    m_pages->setCurrentWidget(page);
    for (const DeedButton &deed : m_deeds) {
        deed.button->setVisible(isKnown);
    }
    if (isKnown || page == m_problemPage) {
        m_again->setVisible(!isKnown);
    }
}

void BundleDialog::showProgress()
{
    m_phase->setText(tr("Reading the bundle"));
    m_bar->setRange(0, 0); // until it is known how much there is to read
    m_sampler.start();
    m_changed->hide();
    showPage(m_progressPage);
}

void BundleDialog::sampleProgress()
{
    const TaskProgress *progress = m_reading.progress();
    const qint64 total = progress ? progress->bytesTotal.load() : 0;
    if (total > 0) {
        m_phase->setText(progress->phase());
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
    offerDeeds();
    showPage(m_images);
    m_images->setFocus();
    if (std::exchange(m_hasChanged, false)) {
        m_changed->show();
        m_changed->say(QStringLiteral("info"),
                       tr("The bundle, or what is trusted, has changed: it was read again."));
    }
}

// Another program may have made one that names nothing.
void BundleDialog::offerDeeds()
{
    const PoolTotals &totals = m_known->index->totals();
    const bool isEmpty = totals.images + totals.referrers == 0;
    for (const DeedButton &each : m_deeds) {
        const bool isUseless = isEmpty && each.deed != Deed::Look;
        each.button->setEnabled(!isUseless);
        each.button->setToolTip(isUseless ? tr("There is no image in the bundle.") : each.tip);
    }
}

void BundleDialog::showProblem(const Error &error, const BundleReading::Missing &missing)
{
    m_sampler.stop();
    m_known.reset();
    m_hasChanged = false;
    m_facts->clear();
    m_problem->say(QStringLiteral("warning"), sentenceOf(error));
    const QString folder = QDir::toNativeSeparators(QFileInfo(m_reading.path()).absolutePath());
    m_waiting->setText(
        missing.names.isEmpty() ? tr("It is read again as soon as its files change.")
        : !missing.canBeAdded
            ? tr("%1 is missing, and nothing can be copied into %2: copy all volumes into one folder, and "
                 "open the "
                 "bundle there.",
                 "names of files, a folder")
                  .arg(missing.names.join(QStringLiteral(", ")), folder)
            : tr("Insert the disc with %1, and copy it into %2: the bundle is read as soon as it is there.",
                 "names of files, a folder")
                  .arg(missing.names.join(QStringLiteral(", ")), folder));
    showPage(m_problemPage);
}

} // namespace layerpool
