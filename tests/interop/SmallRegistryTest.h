// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Workplace.h"

#include "support/SampleImages.h"
#include "support/StockRegistry.h"

#include <gtest/gtest.h>

namespace layerpool::test {

/// A stock registry with a few images, and a pool to convert them into.
class SmallRegistryTest : public testing::Test
{
protected:
    SmallRegistryTest();
    void SetUp() override;

    QString path(const QString &name) const { return m_place.path(name); }
    QString pool() const { return path(QStringLiteral("pool")); }
    /// `layerpool-cli convert` of such a list from the registry into the pool.
    Outcome convert(const QByteArray &list, const QStringList &more = {}) const;
    /// As above, and it must end with 0.
    void fillPool(const QByteArray &list = allLines, const QStringList &more = {}) const;
    /// The digest that a tag of the pool names; empty where there is no such tag.
    QByteArray inPool(const QString &repository, const QString &tag) const
    {
        return tagLink(pool(), repository, tag);
    }
    bool isThere(const QString &file) const;

    static constexpr char allLines[] = "apps/one:v1\napps/two:v1\napps/two:v2\nplain:1\n";

    Workplace m_place;
    SampleRegistry m_samples;
    const Sample m_one;   ///< apps/one:v1, a manifest of Docker's
    const Sample m_two;   ///< apps/two:v1, an OCI index with an attestation
    const Sample m_two2;  ///< apps/two:v2, a list of Docker's
    const Sample m_plain; ///< plain:1, an OCI manifest
    const StockRegistry m_source;
};

/// A port of 127.0.0.1 where nothing listens.
QString deadHost();

} // namespace layerpool::test
