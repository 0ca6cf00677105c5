// SPDX-License-Identifier: Apache-2.0
#include "registry/BlobUpload.h"

#include "base/Text.h"
#include "registry/RegistryAnswer.h"

#include <QUrlQuery>

#include <algorithm>

namespace layerpool {
namespace {

// "0-1048575" says that the first MiB is there. "0-0" is what Distribution says of one byte and of none: the
// safe half is taken, as nobody sends one byte alone.
std::optional<qint64> confirmedBy(const HttpResponse &answer)
{
    const QByteArray range = answer.header("Range");
    bool isNumber = false;
    const qint64 last = range.sliced(range.lastIndexOf('-') + 1).toLongLong(&isNumber);
    if (!isNumber || last < 0) {
        return std::nullopt;
    }
    return last == 0 ? 0 : last + 1;
}

} // namespace

BlobUpload::BlobUpload(const RemoteRepository &repository, const Descriptor &blob, QIODevice &body,
                       HttpClient &http, BodyLimits &limits, Hooks hooks)
    : m_repository(repository)
    , m_blob(blob)
    , m_body(body)
    , m_http(http)
    , m_limits(limits)
    , m_hooks(std::move(hooks))
{
}

Status BlobUpload::run(const HttpResponse &opened)
{
    if (Status taken = takeAddress(opened); !taken) {
        return taken;
    }
    qint64 furthest = 0;
    for (int attempt = 1;;) {
        Result<Step> step = sendNext();
        const bool isPassing = !step && step.error().kind == ErrorKind::Unreachable;
        if (isPassing && attempt < m_http.options().tries) {
            dareLess(attempt);
            const Status paused = m_http.pause(attempt, m_passing ? &*m_passing : nullptr);
            step = paused ? Result<Step>(Step::AskStatus) : paused.error();
        }
        const bool isCounted = step && (*step == Step::AskStatus || *step == Step::StartOver);
        if (isCounted && m_refusal && attempt >= m_http.options().tries) {
            step = *m_refusal;
        } else if (isCounted && m_refusal) {
            const Status paused = m_http.pause(attempt);
            step = paused ? step : Result<Step>(paused.error());
        }
        if (step && (*step == Step::AskStatus || *step == Step::TrySmaller)) {
            step = askStatus();
        } else if (step && *step == Step::StartOver) {
            step = startOver();
        }
        if (!step) {
            tell(0);
            return step.error();
        }
        if (*step == Step::Finished) {
            tell(m_blob.size);
            return {};
        }
        // What gets further each time is followed to its end; what begins again and again is not.
        attempt = m_offset > furthest ? 1 : attempt + (isCounted ? 1 : 0);
        furthest = std::max(furthest, m_offset);
    }
}

Result<BlobUpload::Step> BlobUpload::sendNext()
{
    const qint64 rest = m_blob.size - m_offset;
    const qint64 length = std::min(rest, longestBody());
    const bool isWhole = m_offset == 0 && length == rest;
    const bool isLast = isWhole || rest == 0;
    m_lastLength = length;

    HttpRequest request;
    request.verb = isLast ? "PUT" : "PATCH";
    request.headers.emplaceBack("Content-Type", "application/octet-stream");
    QUrl address = m_address;
    if (isLast) {
        QUrlQuery query(address);
        query.addQueryItem(QStringLiteral("digest"), m_blob.digest.toString());
        address.setQuery(query);
    } else {
        request.headers.emplaceBack("Content-Range", QByteArray::number(m_offset) + '-' +
                                                         QByteArray::number(m_offset + length - 1));
        m_mayBePatched = true;
    }
    request.bodyDevice = length > 0 ? &m_body : nullptr;
    request.bodyOffset = m_offset;
    request.bodyLength = length;
    request.bytesToCommit = isLast ? m_blob.size : length; // the last one puts the pieces together
    m_http.onSent([this](qint64 sent) { tell(m_offset + sent); });
    const Result<HttpResponse> answer = m_hooks.send(address, std::move(request));
    m_http.onSent({});
    m_passing.reset();
    m_refusal.reset();
    if (!answer) {
        return answer.error();
    }
    return judge(*answer, length, isLast);
}

Result<BlobUpload::Step> BlobUpload::judge(const HttpResponse &answer, qint64 length, bool isLast)
{
    if (answer.isSuccess() && isLast) {
        return Step::Finished;
    }
    if (answer.isSuccess()) {
        // Some servers say one byte too much of what they took: no more than was sent can be there.
        const qint64 before = m_offset;
        const qint64 sent = before + length;
        m_offset = std::min(confirmedBy(answer).value_or(sent), sent);
        tell(m_offset);
        if (const Status taken = takeAddress(answer); !taken) {
            return taken.error();
        }
        if (m_offset > before) {
            return Step::GoOn;
        }
        m_refusal = keptNothing(before);
        return Step::AskStatus;
    }
    if (answer.status == 413 && length > std::max(BodyLimits::smallestPiece, m_shortestPiece)) {
        m_limits.lowerBelow(m_address.authority(), length);
        return Step::TrySmaller;
    }
    if (answer.status == 416) {
        m_refusal = answered(answer);
        return Step::AskStatus;
    }
    if (answer.status == 404 || answer.status == 410) {
        m_refusal = answered(answer);
        return Step::StartOver;
    }
    if (answer.status == 400 && m_mayBePatched && !m_hasStartedOver) {
        m_hasStartedOver = true; // the server joined the pieces otherwise than it said
        return Step::StartOver;
    }
    if (HttpClient::isPassing(answer)) {
        m_passing = answer;
        return Error{ErrorKind::Unreachable,
                     Text::tr("%1 did not take a blob").arg(m_repository.host),
                     Text::tr("it answers %1").arg(answer.status),
                     {}};
    }
    return answered(answer);
}

Result<BlobUpload::Step> BlobUpload::askStatus()
{
    const Result<HttpResponse> answer = m_hooks.send(m_address, HttpRequest());
    if (!answer) {
        return answer.error();
    }
    const std::optional<qint64> confirmed = confirmedBy(*answer);
    if (!answer->isSuccess() || !confirmed || *confirmed > m_blob.size) {
        return startOver();
    }
    m_offset = *confirmed;
    m_mayBePatched = m_mayBePatched || m_offset > 0;
    tell(m_offset);
    const Status taken = takeAddress(*answer);
    return taken ? Result<Step>(Step::GoOn) : taken.error();
}

Result<BlobUpload::Step> BlobUpload::startOver()
{
    m_offset = 0;
    m_mayBePatched = false;
    tell(0);
    if (m_hooks.isThere()) {
        return Step::Finished;
    }
    const Result<HttpResponse> opened = m_hooks.open();
    if (!opened) {
        return opened.error();
    }
    if (!opened->isSuccess()) {
        return answered(*opened);
    }
    m_address.clear();
    const Status taken = takeAddress(*opened);
    return taken ? Result<Step>(Step::GoOn) : taken.error();
}

// An answer without a Location leaves the upload where it is.
Status BlobUpload::takeAddress(const HttpResponse &answer)
{
    m_shortestPiece = std::max(m_shortestPiece, answer.header("OCI-Chunk-Min-Length").toLongLong());
    const QByteArray location = answer.header("Location");
    if (location.isEmpty() && !m_address.isEmpty()) {
        return {};
    }
    if (location.isEmpty()) {
        return Error{ErrorKind::Server,
                     Text::tr("%1 does not say where to upload").arg(m_repository.host),
                     Text::tr("its answer has no Location"),
                     {}};
    }
    m_address = answer.url.resolved(QUrl::fromEncoded(location));
    if (!isSafeStep(answer.url, m_address)) {
        return Error{ErrorKind::Untrusted,
                     Text::tr("%1 sends uploads to an unsafe address").arg(m_repository.host),
                     Text::tr("it leads to %1 on %2").arg(m_address.scheme(), m_address.host()),
                     {}};
    }
    return {};
}

qint64 BlobUpload::longestBody() const
{
    const qint64 limit = std::min(m_limits.of(m_address.authority()), m_longestPiece);
    if (limit == BodyLimits::none && m_shortestPiece == 0) {
        return BodyLimits::none;
    }
    return std::max(std::min(limit, BodyLimits::largestPiece), m_shortestPiece);
}

void BlobUpload::dareLess(int attempt)
{
    if (m_passing) {
        return; // an answer came: it was not the body
    }
    m_longestPiece = std::min(m_longestPiece, BodyLimits::largestPiece);
    if (attempt > 1) {
        m_longestPiece = std::min(m_longestPiece, std::max(m_lastLength / 16, BodyLimits::smallestPiece));
    }
}

void BlobUpload::tell(qint64 position)
{
    m_hooks.moved(position - m_told);
    m_told = position;
}

Error BlobUpload::keptNothing(qint64 offset) const
{
    return {ErrorKind::Server, Text::tr("%1 did not take a blob").arg(m_repository.host),
            Text::tr("it says yes to every piece, and stays at byte %1").arg(offset),
            Text::tr("The fault is on its side, or on that of a proxy before it")};
}

Error BlobUpload::answered(const HttpResponse &answer) const
{
    return answerError(m_repository.host,
                       m_repository.name.toString() + QLatin1Char('@') + m_blob.digest.toString(), answer);
}

} // namespace layerpool
