// SPDX-License-Identifier: Apache-2.0
#include "task/PushManifests.h"

#include "base/Text.h"
#include "task/PushReferrers.h"

namespace layerpool {
namespace {

class Putter
{
public:
    Putter(const PushImage &image, const Pool &pool, const RemoteRepository &repository,
           RegistryClient &client)
        : m_image(image), m_pool(pool), m_repository(repository), m_client(client)
    {
    }

    Result<PutManifests> run()
    {
        for (const Digest &digest : m_image.image.closure.manifests) {
            const bool isJoined = m_image.isJoint() && digest == m_image.tags.front().digest;
            if (Status put = isJoined ? join() : putByNames(digest); !put) {
                return put.error();
            }
        }
        return std::move(m_done);
    }

private:
    // By its tags where it has any; a child of an index by its digest.
    Status putByNames(const Digest &digest)
    {
        const Result<Manifest> manifest = m_image.manifest(m_pool, digest);
        if (!manifest) {
            return manifest.error();
        }
        QStringList references;
        for (const PushTag &tag : m_image.tags) {
            if (tag.digest == digest) {
                references << tag.tag;
            }
        }
        for (const QString &reference : references.isEmpty() ? QStringList{digest.toString()} : references) {
            if (Status put = this->put(reference, *manifest); !put) {
                return put;
            }
        }
        return {};
    }

    // Somebody may sign there while we push: what the tag holds is asked for last of all. Whoever puts it
    // between this answer and our own put is lost all the same: registries have no put on a condition.
    Status join()
    {
        const Result<MetReferrers> met = meetReferrers(m_image, m_pool, m_repository, m_client);
        if (!met) {
            return met.error();
        }
        const PushTag &tag = m_image.tags.front();
        switch (met->with.kind) {
        case ReferrersUnion::Kind::Theirs:
            return {};
        case ReferrersUnion::Kind::Apart:
            m_done.keptNote = apartNote(m_image, met->theirs);
            return {};
        case ReferrersUnion::Kind::Both:
            m_done.hasJoined = true;
            return put(tag.tag, *met->with.both);
        case ReferrersUnion::Kind::Ours:
            break;
        }
        m_done.hasJoined = met->theirs.has_value();
        return putByNames(tag.digest);
    }

    Status put(const QString &reference, const Manifest &manifest)
    {
        Status put = m_client.putManifest(m_repository, reference, manifest);
        if (!put) {
            const bool isForSparse =
                manifest.isIndex() && m_image.isSparse() && m_image.rewritten.empty() &&
                (put.error().kind == ErrorKind::NotFound || put.error().kind == ErrorKind::Unsupported);
            return isForSparse ? refusedSparse(put.error()) : put;
        }
        m_done.bytes += manifest.size();
        return {};
    }

    Status refusedSparse(const Error &error) const
    {
        return Error{
            ErrorKind::Unsupported,
            Text::tr("%1 does not take the sparse index of %2").arg(m_repository.host, m_image.image.line),
            Text::tr("the pool holds it without %1 (%2)").arg(m_image.absentPlatforms(), error.why),
            Text::tr("Push a new index of the platforms there are, or each under a tag of its own"),
            {},
            {},
            {QStringLiteral("--sparse rewrite"), QStringLiteral("--sparse children")}};
    }

    const PushImage &m_image;
    const Pool &m_pool;
    const RemoteRepository &m_repository;
    RegistryClient &m_client;
    PutManifests m_done;
};

} // namespace

Result<PutManifests> putManifests(const PushImage &image, const Pool &pool,
                                  const RemoteRepository &repository, RegistryClient &client)
{
    return Putter(image, pool, repository, client).run();
}

} // namespace layerpool
