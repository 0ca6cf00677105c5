// SPDX-License-Identifier: Apache-2.0
#include "bundle/BundlePool.h"

#include "base/Text.h"
#include "bundle/BundleFormat.h"
#include "bundle/BundleReader.h"
#include "bundle/BundleSlice.h"
#include "bundle/BundleVolumes.h"
#include "bundle/SignedBundle.h"
#include "bundle/UnpackedBundle.h"
#include "image/TagOrder.h"
#include "pool/PoolContents.h"

#include <QFileInfo>

#include <algorithm>

namespace layerpool {
namespace {

// A layer that was left out: who needs its bytes all the same is told why there are none.
class NoBytes final : public QIODevice
{
public:
    explicit NoBytes(qint64 size) : m_size(size) { open(QIODevice::ReadOnly | QIODevice::Unbuffered); }

    qint64 size() const override { return m_size; }

protected:
    qint64 readData(char *, qint64) override
    {
        setErrorString(Text::tr("the bundle leaves it out for a far side that has it"));
        return -1;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    qint64 m_size;
};

class BundleContents final : public PoolContents
{
public:
    /// The offsets are in `bytes`: the bundle's, or those into which it was unpacked.
    BundleContents(QString path, SignatureCheck signature, BundleContent content,
                   std::unordered_map<Digest, qint64> offsets, BundleBytes bytes,
                   std::shared_ptr<const UnpackedBundle> unpacked)
        : m_path(std::move(path))
        , m_signature(std::move(signature))
        , m_content(std::move(content))
        , m_offsets(std::move(offsets))
        , m_bytes(std::move(bytes))
        , m_unpacked(std::move(unpacked))
    {
    }

    const QString &path() const override { return m_path; }
    std::vector<PoolRepository> repositories() const override;
    std::vector<PoolBlob> blobs() const override;

    std::optional<qint64> blobSize(const Digest &digest) const override
    {
        const auto found = m_content.blobs.find(digest);
        const auto leftOut = m_content.leftOut.find(digest);
        return found != m_content.blobs.end()       ? std::optional(found->second)
               : leftOut != m_content.leftOut.end() ? std::optional(leftOut->second)
                                                    : std::nullopt;
    }
    Result<std::unique_ptr<QIODevice>> openBlob(const Digest &digest) const override;

    std::optional<Digest> tagDigest(const RepositoryName &name, const QString &tag) const override
    {
        const BundleContent::Repository *repository = m_content.repository(name);
        const auto found =
            repository ? repository->tags.find(tag) : std::map<QString, Digest>::const_iterator();
        return repository && found != repository->tags.end() ? std::optional(found->second) : std::nullopt;
    }
    bool hasRevision(const RepositoryName &name, const Digest &digest) const override
    {
        const BundleContent::Repository *repository = m_content.repository(name);
        return repository && repository->revisions.contains(digest);
    }
    bool hasLayerLink(const RepositoryName &name, const Digest &digest) const override
    {
        const BundleContent::Repository *repository = m_content.repository(name);
        return repository && repository->layers.contains(digest);
    }
    bool isLeftOut(const Digest &digest) const override { return m_content.leftOut.contains(digest); }
    std::vector<RepositoryName> ownersOfLeftOut(const Digest &digest) const override
    {
        const auto found = m_content.leftOutIn.find(digest);
        return found != m_content.leftOutIn.end() ? found->second : std::vector<RepositoryName>();
    }
    Digest id() const override { return m_content.id; }
    QStringList notes() const override;
    const SignatureCheck &signature() const { return m_signature; }

private:
    QString m_path;
    SignatureCheck m_signature;
    BundleContent m_content;
    std::unordered_map<Digest, qint64> m_offsets;
    BundleBytes m_bytes;
    std::shared_ptr<const UnpackedBundle> m_unpacked; ///< null where nothing was
};

std::vector<PoolRepository> BundleContents::repositories() const
{
    std::vector<PoolRepository> repositories;
    for (const auto &[name, repository] : m_content.repositories) {
        PoolRepository &added = repositories.emplace_back();
        added.name = name;
        added.revisions = repository.revisions;
        for (const auto &[tag, digest] : repository.tags) {
            added.tags.push_back({name, tag, digest});
            added.referrerTags += added.tags.back().isReferrer() ? 1 : 0;
        }
        std::sort(added.tags.begin(), added.tags.end(),
                  [](const PoolTag &a, const PoolTag &b) { return comesBefore(a.tag, b.tag); });
    }
    return repositories;
}

std::vector<PoolBlob> BundleContents::blobs() const
{
    std::vector<PoolBlob> blobs;
    blobs.reserve(m_content.blobs.size() + m_content.leftOut.size());
    const auto add = [&](const auto &sizes, bool areLeftOut) {
        for (const auto &[digest, bytes] : sizes) {
            PoolBlob &blob = blobs.emplace_back();
            blob.digest = digest;
            blob.isLeftOut = areLeftOut;
            blob.bytes = bytes;
        }
    };
    add(m_content.blobs, false);
    add(m_content.leftOut, true);
    std::sort(blobs.begin(), blobs.end(),
              [](const PoolBlob &a, const PoolBlob &b) { return a.digest < b.digest; });
    return blobs;
}

Result<std::unique_ptr<QIODevice>> BundleContents::openBlob(const Digest &digest) const
{
    if (isLeftOut(digest)) {
        return std::unique_ptr<QIODevice>(new NoBytes(*blobSize(digest)));
    }
    const auto found = m_offsets.find(digest);
    if (found == m_offsets.end()) {
        return Error{
            ErrorKind::NotFound, Text::tr("%1 has no blob %2").arg(m_path, digest.toString()), {}, {}};
    }
    return std::unique_ptr<QIODevice>(new BundleSlice(m_bytes.another(), found->second, *blobSize(digest)));
}

QStringList BundleContents::notes() const
{
    QStringList notes;
    if (const QString found = m_signature.sentence(); !found.isEmpty()) {
        notes << found;
    }
    if (m_unpacked) {
        notes << Text::tr("The bundle is packed: %1 were unpacked into a temporary file")
                     .arg(formatBytes(m_unpacked->bytes()));
    }
    return notes;
}

Error packedEntries(const QString &path)
{
    return {ErrorKind::Unsupported, Text::tr("%1 can't be read where it lies").arg(path),
            Text::tr("the entries of the zip are packed"), Text::tr("Import it into a pool")};
}

} // namespace

Result<Pool> openBundle(const QString &path, const SignatureRules &rules, const CancelToken &cancel,
                        const OnBundleRead &onRead)
{
    Result<SignatureCheck> signature = checkSigned(path, rules, cancel, onRead);
    if (!signature) {
        return signature.error();
    }
    Result<std::shared_ptr<const UnpackedBundle>> unpacked = UnpackedBundle::of(path, cancel, onRead);
    if (!unpacked) {
        return unpacked.error();
    }
    const QString plain = *unpacked ? (*unpacked)->path() : path;
    Result<BundleBytes> file = BundleBytes::open(plain);
    if (!file) {
        return file.error();
    }
    const Result<std::unique_ptr<BundleReader>> reader = BundleReader::open(plain, cancel);
    if (!reader) {
        return reader.error();
    }
    std::unordered_map<Digest, qint64> offsets;
    Result<BundleContent> content = (*reader)->read([&](const Descriptor &blob, BlobBytes &bytes) -> Status {
        if (onRead) {
            onRead(BundleStep::Names, (*reader)->position(), (*reader)->totalBytes());
        }
        const std::optional<qint64> offset = bytes.offset();
        if (!offset) {
            return packedEntries(path);
        }
        offsets.emplace(blob.digest, *offset);
        return {};
    });
    if (!content) {
        return content.error();
    }
    if (const Status same = checkNames(path, *signature, *content); !same) {
        return same.error();
    }
    return Pool(std::make_shared<const BundleContents>(path, *std::move(signature), *std::move(content),
                                                       std::move(offsets), *std::move(file),
                                                       *std::move(unpacked)));
}

bool isBundle(const QString &path)
{
    const QFileInfo there(path);
    const bool isNamedSo = formatOf(path) || VolumeName::parse(path);
    return there.isFile() || (!there.exists() && (isNamedSo || !volumesOf(path).isEmpty()));
}

Result<Pool> openPoolOrBundle(const QString &path, const Result<SignatureRules> &rules,
                              const CancelToken &cancel, const OnBundleRead &onRead)
{
    if (!isBundle(path)) {
        return Pool::open(path);
    }
    return rules ? openBundle(path, *rules, cancel, onRead) : rules.error();
}

const SignatureCheck *signatureOf(const Pool &pool)
{
    const auto *const bundle = dynamic_cast<const BundleContents *>(pool.contents());
    return bundle ? &bundle->signature() : nullptr;
}

} // namespace layerpool
