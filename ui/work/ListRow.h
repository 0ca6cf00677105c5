// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "image/ImagesList.h"
#include "image/ListText.h"
#include "work/LineState.h"

#include <QHash>
#include <QList>

namespace layerpool {

/// One line of an open list, with what is known of it.
struct ListRow
{
    ListLine line; ///< of a comment or a blank line nothing but the number
    QString comment;
    LineState state;

    /// What is worth saying beside it; empty for nothing.
    QString note() const;
    /// Whether it is one of those that Docker Hub keeps under `library/`.
    bool isOfficial() const;
    /// What is wrong with it, as a phrase; empty where nothing is.
    QString problem() const;
};

/// What sources said, by what was asked for: ImageReference::toString.
using SourceFindings = QHash<QString, std::shared_ptr<const SourceFinding>>;

/// A list's text as its window shows it, a row for each line.
struct ListReading
{
    std::shared_ptr<const ImagesList> list;
    QList<ListRow> rows;
};

/// Reads the text; `name` stands for its file. Without a pool nobody knows what it has. Takes as long as the
/// closures of so many images: for a worker thread.
ListReading readList(const ListText &text, const QString &name, const PoolIndex *pool,
                     const SourceFindings &findings);

LineCounts countLines(const QList<ListRow> &rows);

} // namespace layerpool
