// SPDX-License-Identifier: Apache-2.0
#include "bundle/SkopeoDirs.h"

#include "base/Digester.h"
#include "base/Text.h"
#include "bundle/FolderSources.h"

namespace layerpool {
namespace {

// A file there is named by the digits of its digest alone.
std::optional<Digest> digestOfFile(QByteArray name)
{
    if (name.endsWith(skopeodir::childEnding)) {
        name.chop(qsizetype(sizeof skopeodir::childEnding) - 1);
    }
    for (const Digest::Algorithm algorithm : Digest::algorithms) {
        if (const auto digest = Digest::parse(QByteArrayView(Digest::nameOf(algorithm) + ':' + name))) {
            return digest;
        }
    }
    return std::nullopt;
}

// With the `/` that ends it; empty for the source itself.
QByteArray folderOf(const QByteArray &file)
{
    return file.first(file.lastIndexOf('/') + 1);
}

Status addImage(const SourceFiles &files, const QByteArray &folder, SourceNames &names, SourceImages &images)
{
    const QByteArray file = folder + skopeodir::manifestFile;
    const Result<QByteArray> manifest = files.text(file, Manifest::maxBytes);
    if (!manifest) {
        return manifest.error();
    }
    const Digest root = Digester::of(*manifest);
    images.files.emplace(root, file);
    return folder.isEmpty() ? names.addUnnamed(file, root)
                            : names.addNamed(file, QString::fromUtf8(folder.chopped(1)), root);
}

} // namespace

Result<SourceImages> readSkopeoDirs(SourceFiles &files, SourceNames &names)
{
    SourceImages images;
    for (const auto &[file, size] : files.sizes()) {
        const QByteArray folder = folderOf(file);
        if (!files.has(folder + skopeodir::versionFile) || !files.has(folder + skopeodir::manifestFile)) {
            continue;
        }
        const QByteArray name = file.sliced(folder.size());
        if (name == skopeodir::manifestFile) {
            if (Status added = addImage(files, folder, names, images); !added) {
                return added.error();
            }
        } else if (const auto digest = digestOfFile(name)) {
            images.files.emplace(*digest, file);
        }
    }
    images.images = names.take();
    if (const QStringList below = images.images.empty() ? sourcesIn(files.path()) : QStringList();
        !below.isEmpty()) {
        return Error{ErrorKind::BadInput, Text::tr("There are no images in %1 itself").arg(files.path()),
                     Text::tr("what lies in it can be taken one at a time: %1", "names in a folder")
                         .arg(namesOfSources(below)),
                     Text::tr("Choose one of them")};
    }
    if (images.images.empty()) {
        return Error{
            ErrorKind::BadInput, Text::tr("There are no images in %1").arg(files.path()),
            Text::tr("it is no pool, no bundle, no OCI layout, no archive of Docker's, and nothing that "
                     "skopeo left"),
            Text::tr("Choose the folder or file that one of them made")};
    }
    return images;
}

} // namespace layerpool
