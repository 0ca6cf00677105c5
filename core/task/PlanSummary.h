// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Error.h"
#include "base/Text.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace layerpool {

/// A plan as people read it: the same on the confirm page of a dialog, for `--dry-run` and in the log.
struct PlanSummary
{
    struct Figure
    {
        QString label; ///< "To fetch"
        qint64 bytes = 0;
        QString key; ///< the stable word in JSON: "fetch"
    };
    struct Problem
    {
        QString image; ///< empty where it concerns all
        Error error;
    };

    QString sentence;              ///< "Fetch 44 images into /data/pool from docker.io"
    QString verb;                  ///< for the button: "Fetch 44 images"
    qint64 images = 0;             ///< that will be worked on
    qint64 skipped = 0;            ///< that are there already, or kept
    qint64 kept = 0;               ///< of those: a target has another digest under their tag, and keeps it
    qint64 moved = 0;              ///< tags of others that will stand for these images
    qint64 referrers = 0;          ///< signatures and the like that a push sends, also where no image goes
    std::vector<Figure> figures;   ///< bytes to fetch, to reuse, to write, free afterwards
    std::vector<Problem> problems; ///< images that will fail for certain
    QStringList notes;             ///< worth knowing: repeated lines, `latest` nobody wrote, copies for links
    std::optional<Error> blocker;  ///< why it cannot start at all (no space, say)

    bool canStart() const { return !blocker; }
    bool hasWork() const { return images > 0 || referrers > 0; }
    /// The whole as lines of plain text, with the command line's words.
    QStringList lines() const;
};

} // namespace layerpool
