// SPDX-License-Identifier: Apache-2.0
#include "net/Network.h"

namespace layerpool {

Result<std::shared_ptr<Network>> Network::create(const HttpOptions &options)
{
    Result<std::unique_ptr<Trust>> trust = Trust::create(options);
    if (!trust) {
        return trust.error();
    }
    Result<Proxies> proxies = Proxies::create(options.proxy, QProcessEnvironment::systemEnvironment());
    if (!proxies) {
        return proxies.error();
    }
    return std::shared_ptr<Network>(new Network(options, *std::move(trust), *std::move(proxies)));
}

Network::Network(const HttpOptions &options, std::unique_ptr<Trust> trust, Proxies proxies)
    : m_options(options)
    , m_trust(std::move(trust))
    , m_proxies(std::move(proxies))
    , m_rateLimit(options.rateLimit ? options.rateLimit : std::make_shared<RateLimit>())
    , m_gates(std::chrono::seconds(options.longestHoldSeconds), options.hostRequests,
              {.tries = options.tries, .silence = std::chrono::seconds(options.idleSeconds)}, options.turns)
{
}

} // namespace layerpool
