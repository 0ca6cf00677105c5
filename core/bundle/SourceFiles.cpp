// SPDX-License-Identifier: Apache-2.0
#include "bundle/SourceFiles.h"

#include "base/Text.h"
#include "bundle/BundleRefusal.h"
#include "bundle/FolderFiles.h"
#include "bundle/TarFiles.h"

namespace layerpool {

Status SourceFiles::add(const QByteArray &name, qint64 size)
{
    if (Status counted = count(name); !counted) {
        return counted;
    }
    if (!m_sizes.emplace(name, size).second) {
        return refused(name, Text::tr("it stands there twice"));
    }
    return {};
}

Status SourceFiles::count(const QByteArray &name)
{
    m_nameBytes += name.size();
    return ++m_entries <= mostEntries && m_nameBytes <= mostNameBytes
               ? Status()
               : refused(name, Text::tr("there are too many entries before it"));
}

Error SourceFiles::refused(QByteArrayView name, const QString &why) const
{
    return refusedEntry(m_path, name, why);
}

Result<std::unique_ptr<SourceFiles>> SourceFiles::ofFolder(const QString &path, const CancelToken &cancel)
{
    Result<std::unique_ptr<FolderFiles>> files = FolderFiles::open(path, cancel);
    return files ? Result<std::unique_ptr<SourceFiles>>(*std::move(files)) : files.error();
}

Result<std::unique_ptr<SourceFiles>> SourceFiles::ofTar(const QString &path, const CancelToken &cancel)
{
    Result<std::unique_ptr<TarFiles>> files = TarFiles::open(path, cancel);
    return files ? Result<std::unique_ptr<SourceFiles>>(*std::move(files)) : files.error();
}

} // namespace layerpool
