// SPDX-License-Identifier: Apache-2.0
#include "task/ImportIntake.h"

#include "base/Text.h"

namespace layerpool {

Status ImportIntake::take(const Descriptor &blob, BlobBytes &bytes)
{
    const bool isInPool = m_writer.pool().blobSize(blob.digest) == blob.size;
    if (!isInPool && !m_writer.shelf().blobSize(blob.digest)) {
        return stage(blob, bytes);
    }
    m_reused += isInPool ? blob.size : 0;
    return check(blob, bytes);
}

Status ImportIntake::stage(const Descriptor &blob, BlobBytes &bytes)
{
    Result<std::unique_ptr<StagedBlob>> staged = m_writer.stage(blob.digest, blob.size, m_context.cancel);
    if (!staged) {
        return staged.error();
    }
    m_unfinished = (*staged)->stagedName();
    if (Status filled = fill(**staged, blob, bytes); !filled) {
        return filled;
    }
    if (Status shelved = m_writer.shelf().take(*std::move(staged)); !shelved) {
        return shelved;
    }
    m_unfinished.clear();
    return {};
}

// What an earlier run staged whole is not written again. A part of a blob is: its bytes are at hand.
Status ImportIntake::fill(StagedBlob &staged, const Descriptor &blob, BlobBytes &bytes)
{
    if (blob.size > 0 && staged.received() == blob.size && staged.finish()) {
        m_kept += blob.size;
        return check(blob, bytes);
    }
    if (Status restarted = staged.received() > 0 ? staged.restart() : Status(); !restarted) {
        return restarted;
    }
    const Status copied = forEachPiece(bytes, [&](QByteArrayView piece) {
        m_written += piece.size();
        return staged.append(piece);
    });
    return copied ? staged.finish() : copied;
}

Status ImportIntake::check(const Descriptor &blob, BlobBytes &bytes) const
{
    Digester digester(blob.digest.algorithm());
    const Status read = forEachPiece(bytes, [&](QByteArrayView piece) {
        digester.add(piece);
        return Status();
    });
    if (!read) {
        return read;
    }
    if (const Digest digest = digester.finish(); digest != blob.digest) {
        return Error{ErrorKind::Corrupt,
                     Text::tr("The blob %1 is damaged").arg(blob.digest.toString()),
                     Text::tr("the bytes that came have the digest %1").arg(digest.toString()),
                     {}};
    }
    return {};
}

Status ImportIntake::forEachPiece(BlobBytes &bytes, const OnPiece &onPiece) const
{
    while (true) {
        const Result<QByteArrayView> piece = bytes.read();
        if (!piece) {
            return piece.error();
        }
        if (piece->isEmpty()) {
            return {};
        }
        if (Status done = onPiece(*piece); !done) {
            return done;
        }
        m_context.progress.bytesDone += piece->size();
    }
}

void ImportIntake::discard()
{
    m_writer.shelf().discard();
    if (!m_unfinished.isEmpty()) {
        (void)m_writer.pool().files().remove(m_unfinished);
    }
}

} // namespace layerpool
