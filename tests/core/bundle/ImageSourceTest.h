// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Digester.h"
#include "bundle/ImageSource.h"
#include "support/RawTar.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <map>

namespace layerpool::test {

/// A folder to lay images out in by hand, and what is read of it.
class ImageSourceTest : public testing::Test
{
protected:
    using Files = std::map<QByteArray, QByteArray>; ///< by their names in a source

    /// One image by hand: a layer, its config, its manifest.
    struct Image
    {
        QByteArray layer;
        QByteArray config;
        QByteArray manifest;

        Digest root() const { return Digester::of(manifest); }
    };

    static QByteArray descriptor(const QByteArray &type, const QByteArray &bytes, const QByteArray &more = {})
    {
        return R"({"mediaType":")" + type + R"(","digest":")" + Digester::of(bytes).toByteArray() +
               R"(","size":)" + QByteArray::number(bytes.size()) + more + '}';
    }

    static Image image(const QByteArray &name)
    {
        Image made;
        made.layer = "layer of " + name;
        made.config = R"({"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":[")" +
                      Digester::of(made.layer).toByteArray() + R"("]}})";
        made.manifest =
            R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":)" +
            descriptor("application/vnd.oci.image.config.v1+json", made.config) + R"(,"layers":[)" +
            descriptor("application/vnd.oci.image.layer.v1.tar", made.layer) + "]}";
        return made;
    }

    static QByteArray indexOf(const QByteArrayList &descriptors)
    {
        return R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[)" +
               descriptors.join(',') + "]}";
    }

    static QByteArray hexOf(const QByteArray &bytes) { return Digester::of(bytes).hex(); }

    /// Writes them into a folder of this name, which is then gone through.
    QString folder(const Files &files, const QString &name = QStringLiteral("source")) const
    {
        for (const auto &[file, bytes] : files) {
            const QString path = m_directory.filePath(name + QLatin1Char('/') + QFile::decodeName(file));
            EXPECT_TRUE(QDir().mkpath(QFileInfo(path).path()));
            QFile out(path);
            EXPECT_TRUE(out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size());
        }
        return m_directory.filePath(name);
    }

    /// The same files in a tar.
    QString tar(std::vector<RawEntry> entries) const
    {
        const QString path = m_directory.filePath(QStringLiteral("source.tar"));
        QFile out(path);
        const QByteArray bytes = rawTar(entries);
        EXPECT_TRUE(out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size());
        return path;
    }
    QString tar(const Files &files) const
    {
        std::vector<RawEntry> entries;
        for (const auto &[file, bytes] : files) {
            entries.push_back({file, bytes});
        }
        return tar(std::move(entries));
    }

    /// Reads every byte of it. `m_blobs` is what came, whose digests must be right.
    Result<BundleContent> read(const QString &path, const QString &as = {})
    {
        std::optional<ImageReference> name;
        if (!as.isEmpty()) {
            name = *ImageReference::parse(as);
        }
        const Result<std::unique_ptr<ImageSource>> source = ImageSource::open(path, name, {});
        if (!source) {
            return source.error();
        }
        m_blobs.clear();
        Result<BundleContent> content =
            (*source)->read([this](const Descriptor &blob, BlobBytes &bytes) { return take(blob, bytes); });
        m_notes = (*source)->notes();
        return content;
    }

    void expectRefused(const Result<BundleContent> &content, const QString &text) const
    {
        ASSERT_TRUE(isError(content, ErrorKind::BadInput));
        const Error &error = content.error();
        EXPECT_TRUE((error.sentence() + error.options.join(QLatin1Char(' '))).contains(text))
            << error.sentence().toStdString();
    }

    /// `NAME:TAG`, and what each stands for.
    static std::map<QString, Digest> namesOf(const Result<BundleContent> &content)
    {
        std::map<QString, Digest> names;
        if (content) {
            for (const auto &[name, repository] : content->repositories) {
                for (const auto &[tag, digest] : repository.tags) {
                    names.emplace(name.toString() + QLatin1Char(':') + tag, digest);
                }
            }
        }
        return names;
    }

    std::map<Digest, QByteArray> m_blobs;
    QStringList m_notes;
    QTemporaryDir m_directory;

private:
    Status take(const Descriptor &blob, BlobBytes &bytes)
    {
        QByteArray all;
        while (true) {
            const Result<QByteArrayView> piece = bytes.read();
            if (!piece) {
                return piece.error();
            }
            if (piece->isEmpty()) {
                break;
            }
            all += *piece;
        }
        EXPECT_EQ(all.size(), blob.size);
        if (Digester::of(all, blob.digest.algorithm()) != blob.digest) {
            return Error{ErrorKind::Corrupt, {}, QStringLiteral("other bytes"), {}};
        }
        m_blobs.emplace(blob.digest, all);
        return {};
    }
};

} // namespace layerpool::test
