// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/CancelToken.h"
#include "base/Result.h"
#include "image/MirrorSettings.h"
#include "task/TaskProgress.h"

#include <QStringList>

#include <functional>
#include <optional>
#include <vector>

namespace layerpool {

/// An image that a task could not do. The rest goes on.
struct ImageFailure
{
    QString image; ///< as its list line, so that it can be run again
    Error error;
};

/// What happened while a task ran, in its order. Emitted from the task's workers: a receiver takes care of
/// its own thread, and returns soon.
struct TaskEvent
{
    enum class Kind {
        ImageDone,    ///< `text` is the image
        ImageSkipped, ///< nothing had to be done for it; `text` is the image
        ImageAbsent,  ///< it is not where it was looked for, which is no failure; `text` is the image
        ImageFailed,  ///< `text` is the image, `error` says why
        Notice,       ///< something worth knowing: `text` is a sentence
    };
    Kind kind = Kind::Notice;
    QString text;
    std::optional<Error> error;
};

/// What a task has made on this machine, for whoever wants to look at it. Paths are absolute.
struct Made
{
    QString folder; ///< where it lies, or what it is
    QString report; ///< of a bundle, the page for people (HTML); empty where it has none
};

/// What an inventory lists.
struct Listed
{
    qint64 repositories = 0;
    qint64 blobs = 0;
    qint64 bytes = 0; ///< of the blobs
};

/// How a task ended.
struct TaskResult
{
    qint64 imagesDone = 0;
    qint64 imagesSkipped = 0;
    qint64 imagesKept = 0; ///< of those skipped: the target has another digest under a tag, and keeps it
    qint64 referrers = 0;  ///< signatures and the like, of the images that are done or skipped
    qint64 bytesTransferred = 0; ///< over the network
    qint64 bytesReused = 0;      ///< needed, and there already
    qint64 bytesWritten = 0;     ///< to disk here
    qint64 bytesKept = 0;        ///< of what is unfinished, for the next run to go on with
    double seconds = 0;
    std::vector<ImageFailure> failures;
    QStringList undone;                 ///< lines that a run which was stopped did not come to
    std::vector<Error> findings;        ///< of verify: what is wrong with the pool itself
    std::optional<Error> stopped;       ///< what ended it before it was through (Cancelled among others)
    QStringList summary;                ///< what was done, in sentences for people
    QStringList notes;                  ///< worth keeping beside it: digests that are new, say; sentences
    std::vector<SettingsFile> settings; ///< of a push: what makes the original names resolve at the target
    std::optional<Listed> listed;       ///< of an inventory that was written
    std::optional<Made> made;           ///< none where nothing was made, or nothing to look at

    bool wasCancelled() const { return stopped && stopped->kind == ErrorKind::Cancelled; }
    bool isClean() const { return !stopped && failures.empty() && findings.empty(); }
};

/// What a task is given to run with.
struct TaskContext
{
    CancelToken cancel;
    TaskProgress &progress;
    std::function<void(const TaskEvent &)> report = [](const TaskEvent &) {};
};

/// A piece of long work that was planned before. `run` is a plain blocking function: it is called once, in a
/// worker thread, and looks at `cancel` at least ten times a second.
class Task
{
public:
    virtual ~Task() = default;

    /// A few words for a row in a list: "Convert kubesphere-3.1.txt".
    virtual QString title() const = 0;
    virtual TaskResult run(const TaskContext &context) = 0;
};

} // namespace layerpool
