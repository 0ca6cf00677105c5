// SPDX-License-Identifier: Apache-2.0
#include "work/BundleReading.h"

#include "base/Text.h"
#include "bundle/BundleSidecars.h"
#include "bundle/BundleVolumes.h"
#include "work/Background.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>

#include <chrono>
#include <utility>

namespace layerpool {
namespace {

constexpr std::chrono::milliseconds kLookAgain{700};

// Each with what changes while it is copied. Reports that lie beside it tell nothing of it.
QStringList filesOf(const QString &path)
{
    const QString bundle = bundleNamedBy(path);
    const QDir folder = QFileInfo(bundle).absoluteDir();
    const QStringList whole{QFileInfo(bundle).fileName(), QFileInfo(sumsPathOf(bundle)).fileName(),
                            QFileInfo(signaturePathOf(bundle)).fileName()};
    QStringList files;
    for (const QString &name : folder.entryList(QDir::Files | QDir::Hidden, QDir::Name)) {
        if (whole.contains(name) || bundleNamedBy(name) == whole.first()) {
            const QFileInfo file(folder.filePath(name));
            files << QStringLiteral("%1 %2 %3")
                         .arg(name, QString::number(file.size()),
                              QString::number(file.lastModified().toMSecsSinceEpoch()));
        }
    }
    return files;
}

QStringList trusted()
{
    const Result<SignatureRules> rules = SignatureRules::ofUser();
    if (!rules) {
        return {rules.error().sentence()};
    }
    QStringList words{signaturePolicyWords().at(static_cast<qsizetype>(rules->policy))};
    for (const PublicKey &key : rules->keys) {
        words << QString::fromLatin1(key.toFile());
    }
    return words;
}

// All that decides what reading the bundle shows.
QStringList groundsOf(const QString &path)
{
    return filesOf(path) + trusted();
}

QString phaseOf(BundleStep step)
{
    switch (step) {
    case BundleStep::Sums:
        return Text::tr("Checking the bundle's files against the sums that were signed");
    case BundleStep::Unpacking:
        return Text::tr("Unpacking the bundle into a temporary file");
    case BundleStep::Names:
        break;
    }
    return Text::tr("Reading what is in the bundle");
}

// What only the end of a bundle tells is the next one after those that are there.
BundleReading::Missing missingFor(const QString &path, const Error &error)
{
    const QString next = volumeAfterLast(path);
    const QStringList missing = missingVolumes(path);
    const bool isLast = missing.isEmpty() && !next.isEmpty() && error.why.contains(next);
    return {isLast ? QStringList{next} : missing, QFileInfo(QFileInfo(path).absolutePath()).isWritable()};
}

} // namespace

struct BundleReading::Attempt
{
    QStringList grounds; ///< as they were before
    Result<std::shared_ptr<const BundleFacts>> facts;
    Missing missing;

    static Attempt at(const QString &path, const CancelToken &cancel, TaskProgress &progress)
    {
        Attempt attempt{groundsOf(path),
                        BundleFacts::read(path, cancel,
                                          [&progress](BundleStep step, qint64 position, qint64 bytes) {
                                              progress.setPhase(phaseOf(step));
                                              progress.bytesDone = position;
                                              progress.bytesTotal = bytes;
                                          }),
                        {}};
        if (!attempt.facts) {
            attempt.missing = missingFor(path, attempt.facts.error());
        }
        return attempt;
    }
};

BundleReading::BundleReading(QString path, QThreadPool &workers, QObject *parent)
    : QObject(parent), m_path(std::move(path)), m_workers(workers), m_looking(workers, this)
{
    m_timer.setInterval(kLookAgain);
    connect(&m_timer, &QTimer::timeout, this, &BundleReading::look);
}

BundleReading::~BundleReading()
{
    m_cancel.cancel();
}

void BundleReading::start()
{
    m_cancel.cancel();
    m_cancel = CancelToken();
    m_progress = std::make_shared<TaskProgress>();
    m_timer.stop();
    m_looking.drop();
    Q_EMIT begun();
    runInBackground(
        m_workers, this,
        [path = m_path, cancel = m_cancel, progress = m_progress] {
            return Attempt::at(path, cancel, *progress);
        },
        [this, cancel = m_cancel](const Attempt &attempt) {
            if (!cancel.isCancelled()) { // else it was started again
                take(attempt);
            }
        });
}

void BundleReading::take(const Attempt &attempt)
{
    m_progress.reset();
    m_tried = attempt.grounds;
    m_seen = attempt.grounds;
    m_timer.start();
    if (attempt.facts) {
        Q_EMIT done(*attempt.facts);
    } else {
        Q_EMIT failed(attempt.facts.error(), attempt.missing);
    }
}

// While one is copied, its size is another at each look.
void BundleReading::look()
{
    m_looking.ask([path = m_path] { return groundsOf(path); },
                  [this](const QStringList &now) {
                      const bool isAtRest = now == std::exchange(m_seen, now);
                      if (isAtRest && now != m_tried) {
                          Q_EMIT changed();
                          start();
                      }
                  });
}

} // namespace layerpool
