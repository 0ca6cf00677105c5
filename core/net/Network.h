// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/HostGates.h"
#include "net/HttpOptions.h"
#include "net/Proxies.h"
#include "net/RateLimit.h"
#include "net/Trust.h"

#include <memory>

namespace layerpool {

/// What all clients of a task share: whom they trust, the way out, and how much they may ask and move
/// together. Any thread.
class Network
{
public:
    /// Errors: BadInput (a file or a proxy that can't be used).
    static Result<std::shared_ptr<Network>> create(const HttpOptions &options);

    const HttpOptions &options() const { return m_options; }
    Trust &trust() { return *m_trust; }
    const Proxies &proxies() const { return m_proxies; }
    RateLimit &rateLimit() { return *m_rateLimit; }
    HostGates &gates() { return m_gates; }
    const HostGates &gates() const { return m_gates; }

private:
    Network(const HttpOptions &options, std::unique_ptr<Trust> trust, Proxies proxies);

    const HttpOptions m_options;
    const std::unique_ptr<Trust> m_trust;
    const Proxies m_proxies;
    const std::shared_ptr<RateLimit> m_rateLimit;
    HostGates m_gates;
};

} // namespace layerpool
