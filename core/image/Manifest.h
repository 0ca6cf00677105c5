// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Result.h"
#include "image/Descriptor.h"

#include <QByteArray>

#include <vector>

class QJsonObject;

namespace layerpool {

/// The bytes of an image's manifest or of an index, and what they say. The bytes are the truth: they are
/// kept, sent and digested as they came, and never made anew from the parse.
///
/// Of a signed legacy manifest (Docker schema 1) the bytes are what was signed: its digest is theirs, and a
/// registry stores them so and signs them anew whenever it serves them.
class Manifest
{
public:
    /// No registry takes larger ones.
    static constexpr qint64 maxBytes = 4 * 1024 * 1024;
    /// An index of indexes is legal; a tower of them is not to be trusted.
    static constexpr int maxIndexDepth = 3;

    /// Reads Docker schema 1 and 2, a Docker manifest list, an OCI manifest or an OCI index.
    /// `contentType` decides only where the bytes name no media type of their own; `algorithm` is that of
    /// the digest by which the manifest is known.
    /// Errors: Corrupt (no such JSON, or such as other programs would read differently or not at all),
    /// Unsupported (another kind; it is named).
    static Result<Manifest> parse(QByteArray bytes, const QByteArray &contentType = {},
                                  Digest::Algorithm algorithm = Digest::Algorithm::Sha256);

    const QByteArray &bytes() const { return m_bytes; }
    const Digest &digest() const { return m_digest; }
    const QByteArray &mediaType() const { return m_mediaType; }
    qint64 size() const { return m_bytes.size(); }

    bool isIndex() const { return m_isIndex; }
    /// Docker schema 1: it has no config, its layers no sizes, and registries refuse it by default.
    bool isLegacy() const { return m_isLegacy; }
    /// Of an image: its config (null digest in an index and in a legacy manifest).
    const Descriptor &config() const { return m_config; }
    /// Of an image: its layers, lowest first. A digest may stand more than once.
    const std::vector<Descriptor> &layers() const { return m_layers; }
    /// Of an image: config and layers, each digest once.
    std::vector<Descriptor> blobs() const;
    /// What a legacy manifest says itself; elsewhere the config tells.
    const std::optional<Platform> &platform() const { return m_platform; }
    /// Of an index: its manifests, in its own order.
    const std::vector<Descriptor> &children() const { return m_children; }

private:
    Status read(const QJsonObject &object);

    QByteArray m_bytes;
    Digest m_digest;
    QByteArray m_mediaType;
    bool m_isIndex = false;
    bool m_isLegacy = false;
    std::optional<Platform> m_platform;
    Descriptor m_config;
    std::vector<Descriptor> m_layers;
    std::vector<Descriptor> m_children;
};

} // namespace layerpool
