// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image/Descriptor.h"
#include "image/NamingRules.h"
#include "net/HttpClient.h"
#include "registry/BodyLimits.h"

#include <QIODevice>

namespace layerpool {

/// The bytes of one blob on their way into a repository (OCI distribution-spec, "Pushing blobs"): in one PUT,
/// or in pieces where the server, or a proxy before it, takes no body as large as that. After a break it asks
/// how far the server got, and goes on there; where the server no longer knows, it starts over.
class BlobUpload
{
public:
    /// What an upload needs of its client.
    struct Hooks
    {
        /// Sends to an address of the repository, login and all.
        std::function<Result<HttpResponse>(const QUrl &address, HttpRequest request)> send;
        /// Opens an upload anew: its answer, success or not.
        std::function<Result<HttpResponse>()> open;
        /// Whether the blob is there after all: the answer to the last byte may have been lost.
        std::function<bool()> isThere;
        /// Told the bytes that have moved since the last time.
        std::function<void(qint64)> moved;
    };

    BlobUpload(const RemoteRepository &repository, const Descriptor &blob, QIODevice &body, HttpClient &http,
               BodyLimits &limits, Hooks hooks);

    /// `opened` is the success that opened the upload. Blocks until the server has confirmed the whole blob.
    Status run(const HttpResponse &opened);

private:
    enum class Step {
        GoOn,       ///< with the next piece
        TrySmaller, ///< the body was too large
        AskStatus,  ///< the server sees its offset otherwise
        StartOver,  ///< the server knows this upload no longer
        Finished,
    };

    Result<Step> sendNext();
    Result<Step> judge(const HttpResponse &answer, qint64 length, bool isLast);
    /// Both leave the upload where its next request can go out, or find that the blob is there.
    Result<Step> askStatus();
    Result<Step> startOver();
    Status takeAddress(const HttpResponse &answer);
    qint64 longestBody() const;
    void dareLess(int attempt);
    void tell(qint64 position);
    Error keptNothing(qint64 offset) const;
    Error answered(const HttpResponse &answer) const;

    const RemoteRepository &m_repository;
    const Descriptor &m_blob;
    QIODevice &m_body;
    HttpClient &m_http;
    BodyLimits &m_limits;
    Hooks m_hooks;
    QUrl m_address;      ///< where the next request goes
    qint64 m_offset = 0; ///< bytes that the server has confirmed
    qint64 m_told = 0;
    qint64 m_shortestPiece = 0; ///< as the server asks; 0 where it does not
    qint64 m_lastLength = 0;    ///< of the body that was sent last
    /// What is still dared after breaks: pieces lose less, and some proxies hang up where others say 413.
    qint64 m_longestPiece = BodyLimits::none;
    bool m_mayBePatched = false;           ///< what the server has came in more than one body
    bool m_hasStartedOver = false;         ///< for wrong bytes; once
    std::optional<HttpResponse> m_passing; ///< the last answer, where it said to come again later
    std::optional<Error> m_refusal;        ///< the last answer, where the upload got no further by it
};

} // namespace layerpool
