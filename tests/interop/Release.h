// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Workplace.h"

#include "support/SampleImages.h"
#include "support/StockRegistry.h"

#include <memory>

namespace layerpool::test {

/// A release's list, a registry that has all of it, and the pool that convert made of them.
class Release
{
public:
    static constexpr qsizetype chosenLines = 10;

    explicit Release(const QString &listFile);

    const Workplace &place() const { return m_place; }
    QString path(const QString &name) const { return m_place.path(name); }
    QString pool() const { return path(QStringLiteral("pool")); }
    const QString &list() const { return m_list; }
    const std::vector<Sample> &samples() const { return m_samples; }
    /// How the convert into `pool()` ended.
    const Outcome &converted() const { return m_converted; }
    bool isUp() const { return m_registry->isUp(); }

    /// Converts the list, or another one, into a pool of this name.
    Outcome convert(const QString &name, const QStringList &more = {}, const QString &list = {}) const;

    /// The same images a release later, into a pool of their own: two layers of three are as they were. What
    /// the tags of that pool name.
    Manifests convertNext(const QString &name);

    /// The list's lines that name images, with repetitions.
    QStringList lines() const;
    /// `NAME:TAG` of every image.
    QStringList references() const;
    /// Ten of them from all over the list, a one-part name among them.
    QStringList chosen() const;
    /// A list of those.
    QString chosenList() const;

    /// What the source has for linux/amd64, which is what a tag of the pool names.
    Manifests amd64Manifests(const QStringList &references) const;
    /// What the source's tags name.
    Manifests wholeManifests() const;
    /// What a pool's tags name.
    Manifests manifestsIn(const QString &pool) const;

private:
    Workplace m_place;
    QString m_list;
    SampleRegistry m_storage;
    std::vector<Sample> m_samples;
    std::unique_ptr<StockRegistry> m_registry;
    Outcome m_converted;
};

} // namespace layerpool::test
