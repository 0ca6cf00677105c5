// SPDX-License-Identifier: Apache-2.0
#include "task/ImportManifests.h"

#include "pool/Pool.h"

namespace layerpool {
namespace {

constexpr qint64 kMostBytes = 16 * 1024 * 1024; // of all that are kept: some 10,000

} // namespace

Status ImportManifests::take(const Descriptor &blob, BlobBytes &bytes)
{
    QByteArray text;
    while (m_areKept && blob.size <= Manifest::maxBytes && text.size() < blob.size) {
        const Result<QByteArrayView> piece = bytes.read();
        if (!piece) {
            return piece.error();
        }
        text += *piece;
        if (piece->isEmpty() || !text.trimmed().startsWith('{')) {
            return {};
        }
    }
    if (!text.isEmpty()) {
        keep(blob.digest, std::move(text));
    }
    return {};
}

void ImportManifests::keep(const Digest &digest, QByteArray text)
{
    if (!Manifest::parse(text, {}, digest.algorithm())) { // a config, as a rule
        return;
    }
    m_bytes += text.size();
    m_manifests.insert_or_assign(digest, std::move(text));
    if (m_bytes > kMostBytes) {
        m_areKept = false;
        m_manifests.clear();
    }
}

Result<Manifest> ImportManifests::manifest(const Digest &digest) const
{
    return Pool::manifestIn(m_manifests.at(digest), digest);
}

} // namespace layerpool
