// SPDX-License-Identifier: Apache-2.0
#include "registry/RegistryClient.h"

#include "base/Text.h"
#include "registry/RegistryAnswer.h"

namespace layerpool {
namespace {

// "bytes 100-199/200", as RFC 9110 has it; only the range that was asked for will do.
bool startsAt(const HttpResponse &response, qint64 offset)
{
    return response.header("Content-Range").startsWith("bytes " + QByteArray::number(offset) + '-');
}

Status startOver(ByteSink &sink, const RegistryClient::Moved &moved)
{
    moved(-sink.received());
    return sink.restart();
}

Error cutShort(const QString &host, const Descriptor &blob, qint64 received)
{
    return {ErrorKind::Unreachable,
            Text::tr("%1 sent less than the whole blob").arg(host),
            blob.hasSize() ? Text::tr("%1 of %2 bytes came").arg(received).arg(blob.size)
                           : Text::tr("%1 bytes came").arg(received),
            {}};
}

// Bytes that are not the blob's own, from a proxy that packs what passes through it.
Error packed(const QString &host, const QByteArray &encoding)
{
    return {ErrorKind::Corrupt, Text::tr("%1 does not send the blob as it is").arg(host),
            Text::tr("it comes with the encoding “%1”").arg(QString::fromLatin1(encoding.left(20))),
            Text::tr("Ask its administrator, or that of a proxy before it, to leave blobs unchanged")};
}

} // namespace

Result<HttpResponse> RegistryClient::fetchOnce(const BlobPlace &place, const Descriptor &blob, ByteSink &sink,
                                               const Moved &moved)
{
    HttpRequest request;
    const qint64 offset = sink.received();
    if (offset > 0) {
        request.headers.emplaceBack("Range", "bytes=" + QByteArray::number(offset) + '-');
    }
    QByteArray encoding;
    const auto check = [&](const HttpResponse &response) -> Status {
        encoding = response.header("Content-Encoding");
        const bool goesOn = response.status == 206 && startsAt(response, offset);
        if (goesOn || offset == 0) {
            return {};
        }
        const Status restarted = startOver(sink, moved);
        // Another part than was asked for is no beginning: from the first byte then, without a Range.
        return restarted && response.status == 206 ? cutShort(place.host, blob, 0) : restarted;
    };
    const auto receive = [&](QByteArrayView piece) -> Status {
        const Status appended = sink.append(piece);
        if (appended) {
            moved(piece.size());
        }
        return appended;
    };
    Result<HttpResponse> response = place.download(std::move(request), check, receive);
    if (response && response->status == 416) { // what is on disk is no beginning of what is there
        if (Status restarted = startOver(sink, moved); !restarted) {
            return restarted.error();
        }
        return cutShort(place.host, blob, 0);
    }
    const bool isOver = response ? response->isSuccess() : response.error().kind == ErrorKind::Corrupt;
    if (isOver && !encoding.isEmpty() && (!response || !blob.fits(sink.received()))) {
        return packed(place.host, encoding);
    }
    if (response && response->isSuccess() && sink.received() < blob.size) {
        return cutShort(place.host, blob, sink.received());
    }
    return response;
}

Status RegistryClient::fetchBlob(const RemoteRepository &repository, const Descriptor &blob, ByteSink &sink,
                                 const Moved &moved)
{
    if (const Result<RegistryEndpoint> there = m_access.endpoint(repository.host, m_http); !there) {
        return there.error(); // a registry that is down is not waited for blob by blob
    }
    const QString name = repository.name.toString();
    const auto download = [&](HttpRequest request, const HttpClient::HeadersCheck &check,
                              const HttpClient::Receiver &receive) {
        return withLogin(repository, {"repository:" + repository.name.toByteArray() + ":pull"},
                         QUrl(QStringLiteral("/v2/%1/blobs/%2").arg(name, blob.digest.toString())),
                         std::move(request),
                         [&](const HttpRequest &ready) { return m_http.download(ready, check, receive); });
    };
    return fetchFrom({repository.host, name + QLatin1Char('@') + blob.digest.toString(), download}, blob,
                     sink, moved);
}

Status RegistryClient::fetchForeign(const QUrl &address, const Descriptor &blob, ByteSink &sink,
                                    const Moved &moved)
{
    if (!isSafeStep(address, address)) {
        return Error{ErrorKind::Untrusted,
                     Text::tr("The layer %1 names an unsafe address").arg(blob.digest.toString()),
                     Text::tr("only http and https are asked, without a user and password inside"),
                     {}};
    }
    const auto download = [&](HttpRequest request, const HttpClient::HeadersCheck &check,
                              const HttpClient::Receiver &receive) {
        request.url = address;
        return m_http.download(request, check, receive);
    };
    return fetchFrom({address.authority(), blob.digest.toString(), download}, blob, sink, moved);
}

Status RegistryClient::fetchFrom(const BlobPlace &place, const Descriptor &blob, ByteSink &sink,
                                 const Moved &moved)
{
    bool wasWrong = false;
    qint64 furthest = sink.received();
    for (int attempt = 1;; ++attempt) {
        const qint64 before = sink.received();
        Status status;
        std::optional<HttpResponse> answer;
        if (before < blob.size || blob.size == 0 || !blob.hasSize()) {
            Result<HttpResponse> response = fetchOnce(place, blob, sink, moved);
            if (!response) {
                status = response.error();
            } else if (!response->isSuccess()) {
                status = readError(place.host, place.subject, *response);
                answer = *std::move(response);
            }
        }
        if (status) {
            status = sink.finish();
        }
        if (status) {
            return status;
        }
        if (status.error().kind == ErrorKind::Corrupt) {
            if (Status restarted = startOver(sink, moved); !restarted) {
                return restarted;
            }
            if (wasWrong) {
                return status; // twice wrong is the source's fault
            }
            wasWrong = true; // once more, clean
            furthest = 0;
            continue;
        }
        const bool isPassing =
            status.error().kind == ErrorKind::Unreachable || (answer && HttpClient::isPassing(*answer));
        if (sink.received() > furthest && !m_http.wasTooSlow()) {
            furthest = sink.received();
            attempt = 1; // a line that keeps breaking, but gets further each time, is followed to its end
        }
        if (!isPassing || attempt >= m_http.options().tries) {
            return status;
        }
        if (Status paused = m_http.pause(attempt, answer ? &*answer : nullptr); !paused) {
            return paused;
        }
    }
}

} // namespace layerpool
