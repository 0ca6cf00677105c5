// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/SourceImages.h"
#include "bundle/SourceNames.h"

namespace layerpool {

/// Images in a layout of others', in a folder or a tar: an OCI layout, what skopeo leaves, an archive of
/// Docker's. Their manifests are read first, and only the blobs that they name are handed over.
class FilesSource final : public ImageSource
{
public:
    FilesSource(std::unique_ptr<SourceFiles> files, std::optional<ImageReference> as, CancelToken cancel)
        : m_files(std::move(files)), m_as(std::move(as)), m_cancel(std::move(cancel))
    {
    }

    Result<BundleContent> read(const OnBlob &onBlob) override;
    qint64 position() const override { return m_files->position(); }
    qint64 totalBytes() const override { return m_files->totalBytes(); }

private:
    QStringList ownNotes() const override { return m_notes; }
    Result<SourceImages> readImages();
    Status handOver(const BundleContent &content, const SourceImages &images, const OnBlob &onBlob);

    std::unique_ptr<SourceFiles> m_files;
    std::optional<ImageReference> m_as;
    CancelToken m_cancel;
    QStringList m_notes;
};

} // namespace layerpool
