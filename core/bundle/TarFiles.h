// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bundle/BundleEntries.h"
#include "bundle/SourceFiles.h"

namespace layerpool {

/// Those of a tar. It is gone through once for the names and the small JSON files, and once for each
/// `forEach`; of a plain one, the rest is sought over.
class TarFiles final : public SourceFiles
{
public:
    /// Errors: NotFound, BadInput, Storage, Cancelled.
    static Result<std::unique_ptr<TarFiles>> open(const QString &path, const CancelToken &cancel);

    QByteArray resolved(const QByteArray &name) const override;
    Result<QByteArray> text(const QByteArray &name, qint64 limit) const override;
    Status forEach(const std::set<QByteArray> &names, const OnFile &onFile) override;
    qint64 position() const override { return m_position; }
    qint64 totalBytes() const override { return m_totalBytes; }

private:
    TarFiles(const QString &path, CancelToken cancel) : SourceFiles(path), m_cancel(std::move(cancel)) {}

    Status list();
    Status take(const BundleEntry &entry, const QByteArray &name, BundleEntries &entries);
    Result<QByteArray> nameOf(const BundleEntry &entry) const;
    Status keepText(const BundleEntry &entry, const QByteArray &name, BundleEntries &entries);

    CancelToken m_cancel;
    std::map<QByteArray, QByteArray> m_links; ///< and what they say
    std::map<QByteArray, QByteArray> m_texts;
    qint64 m_textBytes = 0;
    qint64 m_position = 0;
    qint64 m_totalBytes = 0;
};

} // namespace layerpool
