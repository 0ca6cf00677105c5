// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "registry/RegistryClient.h"
#include "task/ConvertPlan.h"

namespace layerpool {

/// Finds out what one line of a list stands for: asks its mirrors and its registry in order, chooses the
/// platforms, and says what the pool has of it. Any number of workers may share one.
class ConvertResolver
{
public:
    struct Resolved
    {
        ConvertImage image;
        QStringList notes;

        /// Of the image: its line stands in front.
        void note(const QStringList &sentences);
    };

    /// Both must outlive it. `pool` is empty where it will be made.
    ConvertResolver(const ConvertRequest &request, const std::optional<Pool> &pool)
        : m_request(request), m_pool(pool), m_manifests(pool)
    {
    }

    /// Errors: of the registry, NotFound (no such image, or none for the platform), Unsupported.
    Result<Resolved> resolve(const ListLine &line, RegistryClient &client) const;

private:
    Result<Resolved> resolveAt(const ListLine &line, const RemoteRepository &source,
                               RegistryClient &client) const;
    Result<Manifest> rootManifest(const ListLine &line, const ConvertImage &image,
                                  RegistryClient &client) const;
    Status take(const Manifest &root, const ListLine &line, int depth, Resolved &resolved,
                RegistryClient &client) const;
    Status checkOnlyPlatform(const Manifest &manifest, Resolved &resolved, RegistryClient &client) const;
    Result<QByteArray> fetchConfig(const Descriptor &config, const ConvertImage &image,
                                   RegistryClient &client) const;
    /// Says where the pool's tag stands for another image.
    void findMovedTag(ConvertImage &image) const;
    void leaveForeignLayers(Resolved &resolved) const;
    Status findSizes(ConvertImage &image, RegistryClient &client) const;
    /// The index with all that is below it.
    Status takeWhole(const Manifest &index, int depth, ConvertImage &image, RegistryClient &client) const;
    /// The index with these children and what attests to them, as far as that can be had.
    Status takeSparse(const Manifest &index, const std::vector<Descriptor> &children, Resolved &resolved,
                      RegistryClient &client) const;
    Status takeChildren(const std::vector<Descriptor> &children, int depth, ConvertImage &image,
                        RegistryClient &client) const;

    const ConvertRequest &m_request;
    const std::optional<Pool> &m_pool;
    SourceManifests m_manifests;
};

} // namespace layerpool
