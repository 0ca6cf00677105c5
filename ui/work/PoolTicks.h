// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pool/PoolIndex.h"

#include <QHash>
#include <QObject>
#include <QSet>

namespace layerpool {

/// Tags by their repositories' names: a value that costs nothing to carry into a worker.
using TickedTags = QHash<RepositoryName, QSet<QString>>;

/// As the index has them, in its order.
std::vector<PoolTag> tagsIn(const PoolIndex &index, const TickedTags &ticked);

/// The tags of the open pool that the user has ticked. They are kept by name, so they outlive a reading of
/// the pool anew. Signatures and the like have no tick: they go with their image.
class PoolTicks final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    bool isTicked(const PoolTag &tag) const;
    /// Partly where some of its tags are ticked.
    Qt::CheckState stateOf(const PoolRepository &repository) const;
    int count() const { return m_count; }
    const TickedTags &tags() const { return m_tags; }

    /// Those of them that are images.
    void set(const std::vector<const PoolTag *> &tags, bool areTicked);
    void clear();
    /// Forgets those that the index does not have.
    void keepOnly(const PoolIndex &index);

Q_SIGNALS:
    /// Once for all that are set together.
    void changed();

private:
    bool change(const PoolTag &tag, bool isTicked);

    TickedTags m_tags;
    int m_count = 0;
};

} // namespace layerpool
