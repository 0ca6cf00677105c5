// SPDX-License-Identifier: Apache-2.0
#include "work/ListDocument.h"

#include <QFileInfo>

namespace layerpool {

ListDocument::ListDocument(QStringList paths, std::shared_ptr<const ImagesList> list, QObject *parent)
    : QObject(parent)
    , m_paths(std::move(paths))
    , m_list(std::move(list))
    , m_states(compareLines(*m_list, nullptr))
{
}

QString ListDocument::name() const
{
    return m_paths.size() == 1 ? QFileInfo(m_paths.first()).fileName()
                               : tr("%n file(s)", nullptr, int(m_paths.size()));
}

void ListDocument::setStates(std::vector<LineState> states)
{
    m_states = std::move(states);
    m_isCompared = true;
    Q_EMIT statesChanged();
}

} // namespace layerpool
