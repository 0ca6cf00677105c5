// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Digester.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <map>
#include <vector>

namespace layerpool::test {

/// Blobs, manifests and tags in a registry's storage, written byte by byte: for content that no builder
/// makes. It knows the layout by itself, as SampleRegistry does.
class HandMadeStorage
{
public:
    explicit HandMadeStorage(QString directory);

    const QString &path() const { return m_path; }
    /// A layer or config that the repository may serve.
    Digest addBlob(const QString &repository, const QByteArray &bytes,
                   Digest::Algorithm algorithm = Digest::Algorithm::Sha256) const;
    Digest addManifest(const QString &repository, const QByteArray &bytes,
                       Digest::Algorithm algorithm = Digest::Algorithm::Sha256) const;
    void tag(const QString &repository, const QString &tag, const Digest &root) const;

private:
    void putLink(const QString &repository, const QString &place, const Digest &digest) const;
    Digest putData(const QByteArray &bytes, Digest::Algorithm algorithm) const;

    QString m_path;
};

/// One image of every kind that there is, each in its own repository `kinds/KIND` under the tag `1`:
/// docker, docker-list, oci, oci-index (with attestations), oci-untyped (without mediaType), nested-index,
/// artifact (empty config, artifactType, data), helm (another config), zstd, uncompressed, foreign (Docker's
/// type), nondistributable (OCI's), legacy (Docker schema 1), sha512 (layer and config), sha512-child.
class CorpusImages
{
public:
    struct Image
    {
        QString kind;
        QString repository;
        std::map<Digest, QByteArray> manifests; ///< all that its tag leads to, by digest
        Digest root;

        QString reference() const { return repository + QStringLiteral(":1"); }
        const QByteArray &bytes() const { return manifests.at(root); }
    };

    explicit CorpusImages(const QString &storageDirectory);

    const std::vector<Image> &all() const { return m_images; }
    const Image &of(const QString &kind) const;
    QString path() const { return m_storage.path(); }
    /// A line for each.
    QByteArray list() const;

    /// The foreign layer's bytes, which no registry has, and the address that the manifests name for it.
    static QByteArray foreignBytes();
    static QByteArray foreignAddress();

private:
    struct Part // of a manifest
    {
        QByteArray descriptor; ///< as JSON
        Digest digest;
    };

    void begin(const QString &kind);
    /// Tags it.
    void finish(const Part &root);
    /// `more` are further members of its descriptor, each with a comma in front.
    Part blob(const QByteArray &type, const QByteArray &bytes, const QByteArray &more = {},
              Digest::Algorithm algorithm = Digest::Algorithm::Sha256) const;
    Part manifest(const QByteArray &type, const QByteArray &members, const QByteArray &more = {},
                  Digest::Algorithm algorithm = Digest::Algorithm::Sha256);
    /// A manifest of `type` with these layers, and a config for the platform.
    Part image(const QByteArray &type, const QByteArray &architecture, const std::vector<Part> &layers,
               const std::vector<Digest> &diffIds);
    /// With a layer of one small file, of the platform's own.
    Part smallImage(const QByteArray &type, const QByteArray &architecture);
    /// As builders put it beside the image.
    Part attestation(const Part &subject);
    Part index(const QByteArray &type, const std::vector<Part> &children, const QByteArray &more = {});

    void addImages();
    void addIndexes();
    void addArtifacts();
    void addCompressions();
    void addForeignKinds();
    void addLegacy();
    void addSha512();

    HandMadeStorage m_storage;
    std::vector<Image> m_images;
};

} // namespace layerpool::test
