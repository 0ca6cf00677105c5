// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/ByteSink.h"
#include "image/Manifest.h"
#include "image/NamingRules.h"
#include "registry/RegistryAccess.h"

#include <QIODevice>

namespace layerpool {

/// The distribution API (OCI distribution-spec 1.1) for one worker: made and used in its thread.
/// Every function blocks. Errors are those of a request, and Denied, NotFound, Server, Corrupt.
class RegistryClient
{
public:
    RegistryClient(RegistryAccess &access, CancelToken cancel);

    /// By tag or digest. Bytes that were asked for by digest are checked against it. Unsupported where it is
    /// of a kind that no pool can hold.
    Result<Manifest> manifest(const RemoteRepository &repository, const QString &reference);
    /// What a tag or digest points at, without its bytes; nothing where it is not there.
    Result<std::optional<Digest>> manifestDigest(const RemoteRepository &repository,
                                                 const QString &reference);
    Status putManifest(const RemoteRepository &repository, const QString &reference,
                       const Manifest &manifest);

    struct Tags
    {
        QStringList names;
        bool areAll = true; ///< false where there are more pages than were asked for
    };
    /// The tags of a repository, page by page (distribution-spec, "Listing Tags").
    Result<Tags> tags(const RemoteRepository &repository, int mostPages);

    /// Whether a repository has been pushed to before, as far as its tags tell. Where they may not be asked
    /// for it counts as there. Denied where what it must lie in (a Harbor's project) is missing.
    Result<bool> hasRepository(const RemoteRepository &repository);

    struct ReferrerList
    {
        enum class Support {
            Given,   ///< the registry has such lists
            None,    ///< it says that it has none: a tag may hold one
            Unclear, ///< it gave none here, for a reason of its own
        };
        Support support = Support::Unclear;
        std::vector<Descriptor> descriptors;
        bool areAll = true; ///< false where there are more than were asked for
    };
    /// What refers to a manifest (distribution-spec, "Listing Referrers"), `most` of them.
    Result<ReferrerList> referrers(const RemoteRepository &repository, const Digest &digest,
                                   std::size_t most);

    Result<bool> hasBlob(const RemoteRepository &repository, const Digest &digest);
    /// In bytes; nothing where the registry has it and does not say.
    Result<std::optional<qint64>> blobSize(const RemoteRepository &repository, const Digest &digest);
    /// The bytes of one that fits into memory, 4 MiB at the most, checked.
    Result<QByteArray> smallBlob(const RemoteRepository &repository, const Descriptor &blob);

    /// Called with the bytes of a blob that have moved since it was called last; below zero where what was
    /// there is thrown away.
    using Moved = std::function<void(qint64)>;
    /// Brings a blob's bytes to the sink, from where it stands, and finishes it. A transfer that breaks goes
    /// on by Range; wrong bytes are fetched once more from the start, then Corrupt.
    Status fetchBlob(const RemoteRepository &repository, const Descriptor &blob, ByteSink &sink,
                     const Moved &moved);

    /// The same of a foreign layer, from one of its own addresses (http or https): nothing of any login goes
    /// there.
    Status fetchForeign(const QUrl &address, const Descriptor &blob, ByteSink &sink, const Moved &moved);

    enum class Uploaded { Mounted, Sent };
    /// Gives the repository a blob: from another of the same registry where `from` has it, else its bytes.
    /// An upload that breaks goes on where the server got to. `body` is random access, not owned.
    Result<Uploaded> uploadBlob(const RemoteRepository &repository, const Descriptor &blob,
                                const std::optional<RepositoryName> &from, QIODevice &body,
                                const Moved &moved);

private:
    enum class Intent { Pull, Push };
    using Exchange = std::function<Result<HttpResponse>(const HttpRequest &)>;

    Result<HttpResponse> send(const RemoteRepository &repository, Intent intent, const QString &path,
                              HttpRequest request);
    Result<HttpResponse> askForBlob(const RemoteRepository &repository, const Digest &digest);
    /// Runs `exchange` with URL and login filled in, and with a new login after a 401. `address` is
    /// a path, or where an upload was sent to: no login leaves the registry's own origin.
    Result<HttpResponse> withLogin(const RemoteRepository &repository, const QByteArrayList &scopes,
                                   const QUrl &address, HttpRequest request, const Exchange &exchange);
    enum class Next { Page, Stop };
    using PageReader = std::function<Result<Next>(const HttpResponse &)>;
    /// Reads a list page by page, as its `Link` headers lead, until it ends or `read` has enough; false where
    /// there are more than `mostPages`. A link that leads
    /// to another origin is followed without a login, one that leads in circles is an error.
    Result<bool> readPages(const RemoteRepository &repository, const QString &path, HttpRequest request,
                           int mostPages, const PageReader &read);
    Result<HttpResponse> openUpload(const RemoteRepository &repository, const Digest &digest,
                                    const std::optional<RepositoryName> &from);
    /// Where a blob is streamed from.
    struct BlobPlace
    {
        QString host;
        QString subject;
        std::function<Result<HttpResponse>(HttpRequest, const HttpClient::HeadersCheck &,
                                           const HttpClient::Receiver &)>
            download; ///< one try; the request lacks only its address
    };
    Result<HttpResponse> fetchOnce(const BlobPlace &place, const Descriptor &blob, ByteSink &sink,
                                   const Moved &moved);
    Status fetchFrom(const BlobPlace &place, const Descriptor &blob, ByteSink &sink, const Moved &moved);

    RegistryAccess &m_access;
    HttpClient m_http;
};

} // namespace layerpool
