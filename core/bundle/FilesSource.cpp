// SPDX-License-Identifier: Apache-2.0
#include "bundle/FilesSource.h"

#include "bundle/BundleRefusal.h"
#include "bundle/DockerArchive.h"
#include "bundle/OciLayout.h"
#include "bundle/SkopeoDirs.h"
#include "bundle/SourceClosure.h"

#include <utility>

namespace layerpool {
namespace {

class TextBytes final : public BlobBytes
{
public:
    explicit TextBytes(QByteArrayView text) : m_text(text) {}

    Result<QByteArrayView> read() override { return std::exchange(m_text, {}); }

private:
    QByteArrayView m_text;
};

Status refusedWhereCorrupt(Status status, const QString &source, const QByteArray &entry)
{
    return !status && status.error().kind == ErrorKind::Corrupt
               ? refusedEntry(source, entry, status.error().why)
               : status;
}

} // namespace

Result<BundleContent> FilesSource::read(const OnBlob &onBlob)
{
    const Result<SourceImages> images = readImages();
    if (!images) {
        return images.error();
    }
    m_notes = images->notes;
    Result<BundleContent> content = SourceClosure(*m_files, *images).find(m_cancel);
    if (!content) {
        return content;
    }
    const Status handed = handOver(*content, *images, onBlob);
    return handed ? std::move(content) : handed.error();
}

Result<SourceImages> FilesSource::readImages()
{
    SourceNames names(m_files->path(), m_as);
    if (m_files->has("oci-layout")) {
        return readOciLayout(*m_files, names);
    }
    if (m_files->has("manifest.json") && !m_files->has("version")) {
        return readDockerArchive(*m_files, names);
    }
    return readSkopeoDirs(*m_files, names);
}

Status FilesSource::handOver(const BundleContent &content, const SourceImages &images, const OnBlob &onBlob)
{
    for (const auto &[digest, text] : images.made) {
        TextBytes bytes(text);
        if (Status taken = onBlob({{}, digest, text.size()}, bytes); !taken) {
            return taken;
        }
    }
    std::map<QByteArray, Digest> blobs; // one file may not stand for two
    std::set<QByteArray> names;
    for (const auto &[digest, size] : content.blobs) {
        if (const auto file = images.files.find(digest); file != images.files.end()) {
            blobs.insert_or_assign(file->second, digest);
            names.insert(file->second);
        }
    }
    return m_files->forEach(names, [&](const QByteArray &name, BlobBytes &bytes) {
        const Digest &digest = blobs.at(name);
        return refusedWhereCorrupt(onBlob({{}, digest, content.blobs.at(digest)}, bytes), m_files->path(),
                                   name);
    });
}

} // namespace layerpool
