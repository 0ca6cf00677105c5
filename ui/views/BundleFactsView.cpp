// SPDX-License-Identifier: Apache-2.0
#include "views/BundleFactsView.h"

#include "Icons.h"
#include "Words.h"
#include "base/Text.h"
#include "bundle/BundleFormat.h"
#include "bundle/BundleVolumes.h"
#include "views/NoticeLine.h"
#include "views/PlainLabel.h"
#include "views/Spacing.h"
#include "work/BundleFacts.h"

#include <QClipboard>
#include <QDir>
#include <QFileInfo>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>

namespace layerpool {
namespace {

constexpr int kWhereRows = 2; // the first ones say where it lies

QString formOf(const QString &path)
{
    switch (formatOf(bundleNamedBy(path)).value_or(BundleFormat::Tar)) {
    case BundleFormat::Zip:
        return BundleFactsView::tr("Zip, not packed");
    case BundleFormat::TarGzip:
        return BundleFactsView::tr("Tar, packed by gzip: unpacked into a temporary file to be read");
    case BundleFormat::TarZstd:
        return BundleFactsView::tr("Tar, packed by zstd: unpacked into a temporary file to be read");
    case BundleFormat::Tar:
        break;
    }
    return BundleFactsView::tr("Tar, not packed");
}

QString needsOf(const PoolTotals &totals)
{
    return totals.leftOutBlobs > 0
               ? BundleFactsView::tr(
                     "%n layer(s) that the far side must have, %1: the bundle leaves them out",
                     "how many, bytes", int(totals.leftOutBlobs))
                     .arg(formatBytes(totals.leftOutBytes))
               : BundleFactsView::tr("Nothing: all layers of its images are in it");
}

} // namespace

BundleFactsView::BundleFactsView(const QString &path, QWidget *parent)
    : QWidget(parent)
    , m_rows(new QFormLayout(this))
    , m_files(makePlainLabel(QStringLiteral("bundleFiles"), this))
    , m_form(makePlainLabel(QStringLiteral("bundleFormat"), this))
    , m_id(makePlainLabel(QStringLiteral("bundleId"), this))
    , m_copyId(new QToolButton(this))
    , m_needs(makePlainLabel(QStringLiteral("bundleNeeds"), this))
    , m_signature(new NoticeLine(QStringLiteral("bundleSignature"), this))
{
    const QFileInfo bundle(bundleNamedBy(path));
    QLabel *name = makePlainLabel(QStringLiteral("bundleName"), this);
    name->setText(bundle.fileName());
    QFont bold = font();
    bold.setBold(true);
    name->setFont(bold);
    QLabel *folder = makePlainLabel(QStringLiteral("bundleFolder"), this);
    folder->setText(QDir::toNativeSeparators(bundle.absolutePath()));
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setHorizontalSpacing(outerSpacing(this));
    m_rows->setVerticalSpacing(innerSpacing(this));
    m_rows->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_rows->addRow(tr("Bundle:"), name);
    m_rows->addRow(tr("Folder:"), folder);
    m_rows->addRow(tr("Files:"), m_files);
    m_rows->addRow(tr("Format:"), m_form);
    m_rows->addRow(tr("Id:", "of a bundle: the digest of what it lists"), makeId());
    m_rows->addRow(tr("Needs:", "what a bundle needs on the far side"), m_needs);
    m_rows->addRow(tr("Signature:"), m_signature);
    showRows(false);
}

QWidget *BundleFactsView::makeId()
{
    m_copyId->setObjectName(QStringLiteral("copyBundleIdButton"));
    m_copyId->setIcon(themedIcon(QStringLiteral("copy")));
    m_copyId->setAccessibleName(tr("Copy the bundle's id"));
    m_copyId->setToolTip(m_copyId->accessibleName());
    connect(m_copyId, &QToolButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_id->toolTip()); });
    auto *id = new QWidget(this);
    auto *layout = new QHBoxLayout(id);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(innerSpacing(this));
    layout->addWidget(m_id);
    layout->addWidget(m_copyId);
    layout->addStretch();
    return id;
}

void BundleFactsView::showRows(bool areShown)
{
    for (int row = kWhereRows; row < m_rows->rowCount(); ++row) {
        m_rows->setRowVisible(row, areShown);
    }
}

void BundleFactsView::setFacts(const BundleFacts &facts)
{
    setFiles(facts);
    m_id->setFont(facts.id.isNull() ? font() : QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_id->setText(facts.id.isNull() ? tr("none: another program made it") : facts.id.shortHex());
    m_id->setToolTip(facts.id.isNull() ? QString() : facts.id.toString());
    m_copyId->setVisible(!facts.id.isNull());
    const PoolTotals &totals = facts.index->totals();
    m_needs->setText(needsOf(totals));
    m_needs->setToolTip(totals.leftOutBlobs > 0 ? exactBytes(totals.leftOutBytes) : QString());
    setSignature(facts);
    showRows(true);
}

void BundleFactsView::setFiles(const BundleFacts &facts)
{
    QStringList lines;
    for (const BundleFacts::File &file : facts.files) {
        lines << tr("%1: %2", "a file, bytes").arg(file.name, exactBytes(file.bytes));
    }
    const QString first = facts.files.front().name;
    const QString size = formatBytes(facts.fileBytes());
    m_files->setText(facts.files.size() == 1 ? tr("%1, %2", "a file, bytes").arg(first, size)
                                             : tr("%n volumes, %1 in all: %2 to %3",
                                                  "bytes, the first, the last", int(facts.files.size()))
                                                   .arg(size, first, facts.files.back().name));
    constexpr qsizetype most = 30;
    if (const qsizetype more = lines.size() - most; more > 0) {
        lines = lines.first(most);
        lines << tr("and %n more", "files", int(more));
    }
    m_files->setToolTip(lines.join(QLatin1Char('\n')));
    m_form->setText(formOf(first));
}

void BundleFactsView::setSignature(const BundleFacts &facts)
{
    using Kind = SignatureCheck::Kind;
    const bool isVerified = facts.signature.kind == Kind::Verified;
    const bool isNotLookedAt = facts.signature.kind == Kind::NotLookedAt;
    m_signature->say(isVerified      ? QStringLiteral("state-here")
                     : isNotLookedAt ? QStringLiteral("info")
                                     : QStringLiteral("warning"),
                     isNotLookedAt
                         ? tr("None was looked at: there are no sums beside it, or the settings say so")
                         : facts.signature.sentence());
}

} // namespace layerpool
