// SPDX-License-Identifier: Apache-2.0
#include "work/BundleReading.h"

#include "bundle/BundleFormat.h"
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

// Each with what changes while it is copied; what lies beside a bundle, too: its sums may have lacked.
QStringList filesNamedLike(const QString &path)
{
    const QFileInfo bundle(bundleNamedBy(path));
    const QString beside = withoutEnding(bundle.fileName()) + QLatin1Char('.');
    const QDir folder = bundle.absoluteDir();
    QStringList files;
    for (const QString &name : folder.entryList(QDir::Files | QDir::Hidden, QDir::Name)) {
        if (name.startsWith(beside) || name == bundle.fileName()) {
            const QFileInfo file(folder.filePath(name));
            files << QStringLiteral("%1 %2 %3")
                         .arg(name, QString::number(file.size()),
                              QString::number(file.lastModified().toMSecsSinceEpoch()));
        }
    }
    return files;
}

// What only the end of a bundle tells is the next one after those that are there.
QStringList missingFor(const QString &path, const Error &error)
{
    const QString next = volumeAfterLast(path);
    const QStringList missing = missingVolumes(path);
    return missing.isEmpty() && !next.isEmpty() && error.why.contains(next) ? QStringList{next} : missing;
}

} // namespace

struct BundleReading::Attempt
{
    QStringList files; ///< as they were before
    Result<std::shared_ptr<const BundleFacts>> facts;
    QStringList missing;

    static Attempt at(const QString &path, const CancelToken &cancel, TaskProgress &progress)
    {
        Attempt attempt{filesNamedLike(path),
                        BundleFacts::read(path, cancel,
                                          [&progress](qint64 position, qint64 bytes) {
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
    if (attempt.facts) {
        Q_EMIT done(*attempt.facts);
        return;
    }
    m_tried = attempt.files;
    m_seen = attempt.files;
    m_timer.start();
    Q_EMIT failed(attempt.facts.error(), attempt.missing);
}

// While one is copied, its size is another at each look.
void BundleReading::look()
{
    m_looking.ask([path = m_path] { return filesNamedLike(path); },
                  [this](const QStringList &now) {
                      const bool isAtRest = now == std::exchange(m_seen, now);
                      if (isAtRest && now != m_tried) {
                          start();
                      }
                  });
}

} // namespace layerpool
