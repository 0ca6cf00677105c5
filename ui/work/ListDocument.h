// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "work/LineState.h"

#include <QObject>

#include <memory>

namespace layerpool {

/// One open images-list and what the open pool has of it.
class ListDocument final : public QObject
{
    Q_OBJECT

public:
    ListDocument(QStringList paths, std::shared_ptr<const ImagesList> list, QObject *parent = nullptr);

    /// The file's name, or what stands for several.
    QString name() const;
    const QStringList &paths() const { return m_paths; }
    const std::shared_ptr<const ImagesList> &list() const { return m_list; }
    /// One for each line.
    const std::vector<LineState> &states() const { return m_states; }
    LineCounts counts() const { return countLines(m_states); }

    /// Whether the states come from a pool.
    bool isCompared() const { return m_isCompared; }

    void setStates(std::vector<LineState> states);

Q_SIGNALS:
    void statesChanged();

private:
    QStringList m_paths;
    std::shared_ptr<const ImagesList> m_list;
    std::vector<LineState> m_states;
    bool m_isCompared = false;
};

} // namespace layerpool
