// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/ImageSource.h"

#include <optional>

namespace layerpool {

/// A file or folder of a bundle, as its header says.
struct BundleEntry
{
    QByteArray name; ///< as it stands there, less the `/` that ends a folder's
    bool isFolder = false;
    qint64 size = 0;      ///< bytes
    QByteArray link = {}; ///< of a symbolic link, what it says; met only where it was asked for
};

/// What becomes of symbolic links in a tar. Some image archives of others are full of them; nobody follows
/// one to a file of the machine's.
enum class TarLinks { Refused, Told };

/// Goes through a bundle's file once, and writes nothing anywhere. Only plain files and folders are met;
/// whatever else there is refuses the whole. For one thread.
class BundleEntries : public BlobBytes
{
public:
    /// The most that may stand in one entry: what no file system holds is no blob.
    static constexpr qint64 mostBytes = qint64(16) << 40;

    /// Of a tar, plain or packed, or of a zip, in one file or in volumes. Errors: NotFound, BadInput,
    /// Storage.
    static Result<std::unique_ptr<BundleEntries>> open(const QString &path, const CancelToken &cancel,
                                                       TarLinks links = TarLinks::Refused);

    /// Nothing after the last entry. What is left of the one before is passed over.
    /// Errors: BadInput, Storage, Cancelled.
    virtual Result<std::optional<BundleEntry>> next() = 0;
    /// Of the entry that came last.
    Result<QByteArrayView> read() override = 0;

    /// Why the last error came: the file ends too early, and the rest of it may follow.
    virtual bool isCutShort() const = 0;
    /// How much of the file was read, and how long it is; bytes.
    virtual qint64 position() const = 0;
    virtual qint64 fileBytes() const = 0;
};

} // namespace layerpool
