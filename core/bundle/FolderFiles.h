// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/DurableDirectory.h"
#include "bundle/SourceFiles.h"

namespace layerpool {

/// Those of a folder and all folders below it.
class FolderFiles final : public SourceFiles
{
public:
    /// Errors: BadInput, Storage, Cancelled.
    static Result<std::unique_ptr<FolderFiles>> open(const QString &path, const CancelToken &cancel);

    Result<QByteArray> text(const QByteArray &name, qint64 limit) const override;
    Status forEach(const std::set<QByteArray> &names, const OnFile &onFile) override;
    qint64 position() const override { return m_position; }
    qint64 totalBytes() const override { return m_totalBytes; }

private:
    FolderFiles(const QString &path, DurableDirectory folder, CancelToken cancel)
        : SourceFiles(path), m_folder(std::move(folder)), m_cancel(std::move(cancel))
    {
    }

    Status list();
    Status listFolder(const QByteArray &folder, std::vector<QByteArray> &below);

    DurableDirectory m_folder;
    CancelToken m_cancel;
    qint64 m_position = 0;
    qint64 m_totalBytes = 0;
};

} // namespace layerpool
