// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/CancelToken.h"
#include "base/Result.h"
#include "bundle/BundleContent.h"
#include "image/Descriptor.h"
#include "image/ImageReference.h"

#include <QByteArrayView>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>

namespace layerpool {

/// The bytes of a blob, in pieces.
class BlobBytes
{
public:
    virtual ~BlobBytes() = default;

    /// The next ones, none at the end. They stay until the next call. Errors: BadInput, Storage, Cancelled.
    virtual Result<QByteArrayView> read() = 0;
    /// Where they begin in the source's file or volumes, if they lie there as they are; asked before they are
    /// read.
    virtual std::optional<qint64> offset() const { return std::nullopt; }
};

/// What images are taken in from: goes once through all their blobs, and tells in the end how they are named.
/// Whatever is wrong with it refuses the whole. For one thread.
class ImageSource
{
public:
    /// Called with each blob, before its bytes; what it leaves of them is passed over. A blob that stands
    /// there twice comes twice. An error of kind Corrupt refuses the source.
    using OnBlob = std::function<Status(const Descriptor &blob, BlobBytes &bytes)>;

    /// By what lies at the path: a bundle or any volume of it, a pool, an OCI layout (a folder or in a tar),
    /// an archive that `docker save` made, a folder of skopeo's or a tree of them. What else lies in that
    /// folder is noted. `as` names what is there, and is BadInput where it names its images by links. Errors:
    /// NotFound, BadInput, Conflict, Storage, Cancelled.
    static Result<std::unique_ptr<ImageSource>>
    open(const QString &path, const std::optional<ImageReference> &as, const CancelToken &cancel);
    /// Whether what lies there was left by other tools, and is neither a pool nor a bundle: it can be taken
    /// in, and nothing else. Looks at its first names alone. Any thread; blocks shortly.
    static bool isOfOthers(const QString &path, const CancelToken &cancel = {});
    virtual ~ImageSource() = default;

    /// Once. Errors: BadInput (refused, or cut short), Storage, Cancelled, those of `onBlob`.
    virtual Result<BundleContent> read(const OnBlob &onBlob) = 0;

    /// What is worth knowing of it, once it was read; sentences.
    QStringList notes() const { return m_passedOver + ownNotes(); }
    /// Why the last error came: it ends too early, and the rest of it may follow.
    virtual bool isCutShort() const { return false; }
    /// How much of it was read, and how long it is; bytes.
    virtual qint64 position() const = 0;
    virtual qint64 totalBytes() const = 0;

private:
    virtual QStringList ownNotes() const { return {}; }

    QStringList m_passedOver; ///< what else lies in its folder: a sentence
};

} // namespace layerpool
