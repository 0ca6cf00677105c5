// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/FakeRegistry.h"
#include "support/FakeStorage.h"
#include "support/SampleImages.h"

#include <atomic>

namespace layerpool::test {

/// A registry whose blobs take a quarter of a minute each, until it is hurried.
class SlowRegistry
{
public:
    explicit SlowRegistry(const QString &folder) : m_images(folder)
    {
        m_fake.intercept(
            [this, pulls = pullsFrom(folder)](const FakeRequest &request) -> std::optional<FakeReply> {
                if (!m_isSlow || !request.path.contains("/blobs/") || isQuick(request.path)) {
                    return std::nullopt;
                }
                return pulls(request).trickle(256, 20);
            });
        m_fake.serve(folder);
    }

    Sample add(const QString &repository)
    {
        return m_images.add(repository, QStringLiteral("v1"), {.layerBytes = 200'000});
    }
    /// One that is never slow, and shares no blob with the others.
    void addQuick(const QString &repository)
    {
        m_images.add(repository, QStringLiteral("v1"), {.sharedLayers = 0});
        m_quick = repository.toUtf8();
    }
    void hurry() { m_isSlow = false; }
    QString host() const { return m_fake.host(); }
    FakeRegistry &fake() { return m_fake; }
    /// Requests for blobs that asked for a rest.
    int countRanges() const
    {
        int count = 0;
        for (const FakeRequest &request : m_fake.requests()) {
            count += request.path.contains("/blobs/") && request.hasHeader("range") ? 1 : 0;
        }
        return count;
    }

private:
    bool isQuick(const QByteArray &path) const
    {
        return !m_quick.isEmpty() && path.startsWith("/v2/" + m_quick + '/');
    }

    SampleRegistry m_images;
    QByteArray m_quick; ///< set before the first request
    std::atomic_bool m_isSlow = true;
    FakeRegistry m_fake;
};

} // namespace layerpool::test
