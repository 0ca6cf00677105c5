// SPDX-License-Identifier: Apache-2.0
#include "pool/PoolLayout.h"

namespace layerpool::layout {
namespace {

QByteArray link(const QByteArray &directory, const Digest &digest)
{
    return directory + '/' + digest.algorithmName() + '/' + digest.hex() + "/link";
}

} // namespace

QByteArray blobs(Digest::Algorithm algorithm)
{
    return QByteArray(root) + "/blobs/" + Digest::nameOf(algorithm);
}

QByteArray blobDirectory(const Digest &digest)
{
    const QByteArray hex = digest.hex();
    return blobs(digest.algorithm()) + '/' + hex.first(2) + '/' + hex;
}

QByteArray blob(const Digest &digest)
{
    return blobDirectory(digest) + "/data";
}

QByteArray repository(const RepositoryName &name)
{
    return QByteArray(repositories) + '/' + name.toByteArray();
}

QByteArray layers(const RepositoryName &name)
{
    return repository(name) + "/_layers";
}

QByteArray layerLink(const RepositoryName &name, const Digest &digest)
{
    return link(layers(name), digest);
}

QByteArray revisions(const RepositoryName &name)
{
    return repository(name) + "/_manifests/revisions";
}

QByteArray revisionLink(const RepositoryName &name, const Digest &digest)
{
    return link(revisions(name), digest);
}

QByteArray tags(const RepositoryName &name)
{
    return repository(name) + "/_manifests/tags";
}

QByteArray tag(const RepositoryName &name, const QString &tagName)
{
    return tags(name) + '/' + tagName.toLatin1();
}

QByteArray seenIndex(const Digest &digest)
{
    return QByteArray(indexes) + '/' + digest.algorithmName() + '-' + digest.hex();
}

QByteArray tagIndexLink(const Digest &digest)
{
    return link("index", digest);
}

QByteArray parentOf(const QByteArray &path)
{
    return path.first(path.lastIndexOf('/'));
}

} // namespace layerpool::layout
