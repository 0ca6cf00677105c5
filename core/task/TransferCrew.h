// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/CancelToken.h"
#include "registry/RegistryClient.h"

#include <QThreadPool>

#include <functional>

namespace layerpool {

/// Workers that talk to registries: each with a client of its own, in a thread pool of their own.
class TransferCrew
{
public:
    /// `access` must outlive the crew.
    TransferCrew(RegistryAccess &access, CancelToken cancel);

    using Job = std::function<void(std::size_t, RegistryClient &)>;
    /// Calls `job` with 0 … count - 1, begun in that order, and blocks until all are done. After a cancel no
    /// further one is begun.
    void forEach(std::size_t count, const Job &job);

private:
    RegistryAccess &m_access;
    CancelToken m_cancel;
    QThreadPool m_pool;
};

/// The same for work on this machine: one worker a core.
void forEachOnCores(std::size_t count, const CancelToken &cancel,
                    const std::function<void(std::size_t)> &job);

} // namespace layerpool
