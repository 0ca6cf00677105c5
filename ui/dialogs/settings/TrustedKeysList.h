// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sign/TrustedKeys.h"

#include <QTreeWidget>

#include <vector>

namespace layerpool {

/// The keys that are trusted, a row each, and the files among them that hold none: to be chosen one by one.
class TrustedKeysList final : public QTreeWidget
{
    Q_OBJECT

public:
    explicit TrustedKeysList(QWidget *parent = nullptr);

    /// What was chosen stays so; where it is gone, what has its place now is.
    void setEntries(std::vector<TrustedKeys::Entry> entries);
    const std::vector<TrustedKeys::Entry> &entries() const { return m_entries; }
    /// Null where none is.
    const TrustedKeys::Entry *chosen() const;

Q_SIGNALS:
    void chosenChanged();

private:
    void add(const TrustedKeys::Entry &entry);
    void choose(int formerRow, const QString &formerFile);

    std::vector<TrustedKeys::Entry> m_entries; ///< in the order of the rows
};

} // namespace layerpool
