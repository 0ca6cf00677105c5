// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Result.h"
#include "image/Descriptor.h"

#include <QByteArray>

#include <vector>

namespace layerpool {

/// The bytes of an image's manifest or of an index, and what they say. The bytes are the truth: they are
/// kept, sent and digested as they came, and never made anew from the parse.
class Manifest
{
public:
    /// No registry takes larger ones.
    static constexpr qint64 maxBytes = 4 * 1024 * 1024;
    /// An index of indexes is legal; a tower of them is not to be trusted.
    static constexpr int maxIndexDepth = 3;

    /// Reads Docker schema 2, a Docker manifest list, an OCI manifest or an OCI index.
    /// `contentType` decides only where the bytes name no media type of their own.
    /// Errors: Corrupt (no such JSON, sizes that are no sizes), Unsupported (another kind; it is named).
    static Result<Manifest> parse(QByteArray bytes, const QByteArray &contentType = {});

    const QByteArray &bytes() const { return m_bytes; }
    const Digest &digest() const { return m_digest; }
    const QByteArray &mediaType() const { return m_mediaType; }
    qint64 size() const { return m_bytes.size(); }

    bool isIndex() const { return m_isIndex; }
    /// Of an image: its config (null digest in an index).
    const Descriptor &config() const { return m_config; }
    /// Of an image: its layers, lowest first. A digest may stand more than once.
    const std::vector<Descriptor> &layers() const { return m_layers; }
    /// Of an index: its manifests, in its own order.
    const std::vector<Descriptor> &children() const { return m_children; }

private:
    QByteArray m_bytes;
    Digest m_digest;
    QByteArray m_mediaType;
    bool m_isIndex = false;
    Descriptor m_config;
    std::vector<Descriptor> m_layers;
    std::vector<Descriptor> m_children;
};

} // namespace layerpool
