// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/DurableDirectory.h"
#include "image/Descriptor.h"

#include <QJsonObject>

#include <map>

namespace layerpool {

/// The `index.json` of an OCI layout that grows: what others have written in it stays.
class LayoutIndex
{
public:
    /// Empty where the folder has none yet. Errors: Conflict (something else stands there), Storage.
    static Result<LayoutIndex> read(const DurableDirectory &folder);

    /// What the name stands for.
    std::optional<Digest> find(const QString &name) const;
    /// Gives the name to a manifest; it had another one, or nobody had it.
    void set(const QString &name, const Descriptor &manifest);
    QByteArray toJson() const;

private:
    QJsonObject m_rest; ///< all but the descriptors
    std::vector<QJsonObject> m_descriptors;
    std::map<QString, std::size_t> m_byName; ///< positions in the above
};

} // namespace layerpool
