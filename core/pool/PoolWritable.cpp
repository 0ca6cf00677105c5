// SPDX-License-Identifier: Apache-2.0
#include "pool/PoolWritable.h"

#include "base/Text.h"
#include "pool/PoolLayout.h"

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace layerpool {
namespace {

Status checkDirectory(const Pool &pool, const QByteArray &directory)
{
    const Result<UniqueFd> fd = pool.files().openDirectory(directory);
    if (!fd) {
        return fd.error();
    }
    if (::faccessat(fd->get(), ".", W_OK | X_OK, AT_EACCESS) != 0) {
        return systemError(Text::tr("The pool %1 is read-only").arg(pool.path()), errno);
    }
    return {};
}

} // namespace

Status checkWritable(const Pool &pool)
{
    if (pool.contents() != nullptr) {
        return Error{ErrorKind::Storage, Text::tr("%1 is read-only").arg(pool.path()),
                     Text::tr("it is a bundle"), Text::tr("Import it into a pool")};
    }
    // What is not there yet is made in what it lies in.
    const auto orParent = [&pool](const QByteArray &directory, const QByteArray &parent) {
        return pool.files().isDirectory(directory) ? directory : parent;
    };
    for (const QByteArray &directory :
         {orParent(layout::own, {}), orParent(layout::blobs(Digest::Algorithm::Sha256), layout::root),
          orParent(layout::repositories, layout::root)}) {
        if (Status writable = checkDirectory(pool, directory); !writable) {
            return writable;
        }
    }
    return {};
}

} // namespace layerpool
