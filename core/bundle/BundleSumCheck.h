// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/CancelToken.h"
#include "bundle/BundleBytes.h"
#include "bundle/FileSums.h"

#include <QFuture>
#include <QStringList>
#include <QThreadPool>

namespace layerpool {

/// Holds the files of a bundle against sums that were signed, before anything else is read of them. Blocks;
/// for a worker thread. Errors: those of BundleSumCheck.
Status checkSums(const QStringList &files, const FileSums &sums, const CancelToken &cancel,
                 const OnBundleRead &onRead);

/// The same in a thread of its own, while another reads them: the disk gives the bytes once, and who comes
/// second has them from memory.
class BundleSumCheck
{
public:
    /// Begins. `files`: all that is read of the bundle.
    BundleSumCheck(const QStringList &files, const FileSums &sums, const CancelToken &cancel);
    /// Stops where it is.
    ~BundleSumCheck();
    BundleSumCheck(const BundleSumCheck &) = delete;
    BundleSumCheck &operator=(const BundleSumCheck &) = delete;

    /// Waits for the end. Errors: BadInput (refused: a file has another sum, or none), Storage, Cancelled.
    Status finish();

private:
    CancelToken m_stop;
    QThreadPool m_pool; ///< not the one for all: a long wait there would hold up others
    QFuture<Status> m_checked;
};

} // namespace layerpool
