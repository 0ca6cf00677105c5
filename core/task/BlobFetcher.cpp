// SPDX-License-Identifier: Apache-2.0
#include "task/BlobFetcher.h"

#include "task/PlanParts.h"
#include "task/SourceFailure.h"

#include <algorithm>
#include <utility>

namespace layerpool {
namespace {

Error noSource(const Descriptor &blob)
{
    return {ErrorKind::NotFound, Text::tr("The blob %1 has no source").arg(blob.digest.toString()), {}, {}};
}

Status takeFromPlan(const QByteArray &bytes, StagedBlob &staged, const RegistryClient::Moved &moved)
{
    moved(-staged.received());
    if (Status restarted = staged.restart(); !restarted) {
        return restarted;
    }
    if (Status written = staged.append(bytes); !written) {
        return written;
    }
    moved(bytes.size());
    return staged.finish();
}

} // namespace

struct BlobFetcher::Place
{
    QString host; ///< empty for the plan itself
    std::function<Status()> fetch;
};

QString leftByAnEarlierRun(const ConvertPlan &plan)
{
    return Text::tr("Checking %1 that an earlier run left").arg(formatBytes(plan.keptBytes));
}

bool isOfThePool(const Error &error)
{
    return error.kind == ErrorKind::Storage || error.kind == ErrorKind::NoSpace;
}

// Smaller ones first: a registry that sends more than that is found out at once, and one that sends less
// could as well be one whose line broke.
Result<qint64> BlobFetcher::fetch(const ConvertPlan::Blob &blob, RegistryClient &client,
                                  const RegistryClient::Moved &moved)
{
    Result<qint64> size = noSource(blob.descriptor);
    Descriptor wanted = blob.descriptor;
    for (const qint64 declared : blob.sizes()) {
        wanted.size = declared;
        if (m_writer.pool().has(wanted)) { // another program has brought it meanwhile
            const qint64 there = m_writer.pool().blobSize(wanted.digest).value_or(0);
            m_reused += there;
            m_context.progress.bytesDone += there;
            return there;
        }
    }
    for (const qint64 declared : blob.sizes()) {
        wanted.size = declared;
        size = fetchAs(wanted, blob, client, moved);
        if (size || size.error().kind != ErrorKind::Corrupt) { // nobody has it, whatever its size
            return size;
        }
    }
    return size;
}

Result<qint64> BlobFetcher::fetchAs(const Descriptor &wanted, const ConvertPlan::Blob &blob,
                                    RegistryClient &client, const RegistryClient::Moved &told)
{
    Result<std::unique_ptr<StagedBlob>> staged = stage(wanted);
    if (!staged) {
        return storageError(staged.error());
    }
    qint64 fromBefore = (*staged)->received();
    TaskProgress &progress = m_context.progress;
    progress.bytesDone += fromBefore;
    told(fromBefore);
    // What is thrown away has to come again: what is to be done grows by it, and what is done never shrinks.
    const RegistryClient::Moved moved = [&](qint64 bytes) {
        told(bytes);
        if (bytes < 0) {
            progress.bytesTotal -= bytes;
            fromBefore = 0;
            return;
        }
        m_transferred += bytes;
        progress.bytesDone += bytes;
        progress.bytesTotal += wanted.hasSize() ? 0 : bytes;
    };
    const Status fetched = fetchFromPlaces(placesOf(wanted, blob, **staged, moved, client), wanted);
    const qint64 received = (*staged)->received();
    if (!fetched) {
        m_kept += StagedBlob::isSpare((*staged)->stagedName()) ? 0 : received;
        return fetched.error();
    }
    m_reused += fromBefore;
    m_writer.add(*std::move(staged));
    return received;
}

std::vector<BlobFetcher::Place> BlobFetcher::placesOf(const Descriptor &wanted, const ConvertPlan::Blob &blob,
                                                      StagedBlob &staged, const RegistryClient::Moved &moved,
                                                      RegistryClient &client)
{
    std::vector<Place> places;
    if (!blob.bytes.isEmpty()) {
        places.push_back({{}, [&] { return takeFromPlan(blob.bytes, staged, moved); }});
    }
    for (const RemoteRepository &source : blob.sources) {
        places.push_back({source.host, [&] { return client.fetchBlob(source, wanted, staged, moved); }});
    }
    for (const QString &address : wanted.isForeign() ? wanted.urls : QStringList()) {
        const QUrl url(address);
        places.push_back(
            {url.authority(), [&, url] { return client.fetchForeign(url, wanted, staged, moved); }});
    }
    std::stable_partition(places.begin(), places.end(),
                          [this](const Place &place) { return !isDead(place.host); });
    return places;
}

Status BlobFetcher::fetchFromPlaces(const std::vector<Place> &places, const Descriptor &wanted)
{
    std::vector<SourceFailure> failures;
    QSet<QString> silent;
    for (const Place &place : places) {
        if (silent.contains(place.host)) { // another repository of a host that is not to be reached
            continue;
        }
        const Status fetched = place.fetch();
        if (fetched || fetched.error().kind == ErrorKind::Cancelled || isOfThePool(fetched.error())) {
            return fetched;
        }
        if (fetched.error().kind == ErrorKind::Unreachable) {
            silent.insert(place.host);
            const std::lock_guard lock(m_mutex);
            m_dead.insert(place.host);
        }
        if (!place.host.isEmpty()) {
            failures.push_back({place.host, fetched.error()});
        }
    }
    return failures.empty() ? noSource(wanted)
                            : joined(std::move(failures),
                                     Text::tr("No source gives the blob %1").arg(wanted.digest.toString()));
}

bool BlobFetcher::isDead(const QString &host) const
{
    const std::lock_guard lock(m_mutex);
    return m_dead.contains(host);
}

// What an earlier run left is hashed before it is gone on with: a gigabyte takes a second, and is told.
Result<std::unique_ptr<StagedBlob>> BlobFetcher::stage(const Descriptor &blob)
{
    const QByteArray name = StagedBlob::nameOf(blob.digest);
    const bool isBegun = m_writer.pool().files().fileSize(name).value_or(0) > 0;
    tellChecking(isBegun ? 1 : 0);
    Result<std::unique_ptr<StagedBlob>> staged = m_writer.stage(blob.digest, blob.size, m_context.cancel);
    tellChecking(isBegun ? -1 : 0);
    return staged;
}

void BlobFetcher::tellChecking(int change)
{
    const std::lock_guard lock(m_mutex);
    const int before = std::exchange(m_checking, m_checking + change);
    if (before == 0 && change > 0) {
        m_context.progress.setPhase(leftByAnEarlierRun(m_plan));
    } else if (change < 0 && m_checking == 0) {
        m_context.progress.setPhase(Text::tr("Fetching"));
    }
}

} // namespace layerpool
