// SPDX-License-Identifier: Apache-2.0
#include "support/SampleLayers.h"

#include "base/Digester.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <cstring>
#include <memory>

namespace layerpool::test {
namespace {

constexpr qint64 kLargeContent = 1 << 20;
constexpr time_t kLongAgo = 1'600'000'000; // a fixed date: the same bytes every day

struct FreeArchive
{
    void operator()(archive *a) const { archive_write_free(a); }
};
struct FreeEntry
{
    void operator()(archive_entry *entry) const { archive_entry_free(entry); }
};
using Writer = std::unique_ptr<archive, FreeArchive>;
using Entry = std::unique_ptr<archive_entry, FreeEntry>;

void require(archive *a, la_ssize_t result)
{
    if (result < ARCHIVE_OK) {
        qFatal("cannot make a sample layer: %s", archive_error_string(a));
    }
}

la_ssize_t appendTo(archive *, void *target, const void *bytes, std::size_t size)
{
    static_cast<QByteArray *>(target)->append(static_cast<const char *>(bytes), static_cast<qsizetype>(size));
    return static_cast<la_ssize_t>(size);
}

void openInto(archive *a, QByteArray *target)
{
    require(a, archive_write_set_bytes_in_last_block(a, 1));
    require(a, archive_write_open2(a, target, nullptr, appendTo, nullptr, nullptr));
}

void addFile(archive *a, const SampleFile &file)
{
    const Entry entry(archive_entry_new());
    archive_entry_set_pathname(entry.get(), file.path.constData());
    archive_entry_set_perm(entry.get(), static_cast<__LA_MODE_T>(file.mode));
    archive_entry_set_mtime(entry.get(), kLongAgo, 0);
    if (file.linkTarget.isEmpty()) {
        archive_entry_set_filetype(entry.get(), AE_IFREG);
        archive_entry_set_size(entry.get(), file.content.size());
    } else {
        archive_entry_set_filetype(entry.get(), AE_IFLNK);
        archive_entry_set_symlink(entry.get(), file.linkTarget.constData());
    }
    require(a, archive_write_header(a, entry.get()));
    if (file.linkTarget.isEmpty()) {
        require(a, archive_write_data(a, file.content.constData(),
                                      static_cast<std::size_t>(file.content.size())));
    }
}

QByteArray tarOf(const std::vector<SampleFile> &files)
{
    QByteArray tar;
    const Writer writer(archive_write_new());
    require(writer.get(), archive_write_set_format_ustar(writer.get()));
    openInto(writer.get(), &tar);
    for (const SampleFile &file : files) {
        addFile(writer.get(), file);
    }
    require(writer.get(), archive_write_close(writer.get()));
    return tar;
}

QByteArray compressed(const QByteArray &bytes, SampleCompression compression)
{
    QByteArray result;
    const Writer writer(archive_write_new());
    archive *a = writer.get();
    require(a, archive_write_set_format_raw(a));
    if (compression == SampleCompression::Zstd) {
        require(a, archive_write_add_filter_zstd(a));
    } else {
        require(a, archive_write_add_filter_gzip(a));
        require(a, archive_write_set_filter_option(a, "gzip", "timestamp", nullptr));
        // Large ones are random anyway: storing them makes a benchmark's gigabytes in seconds.
        require(a, archive_write_set_filter_option(a, "gzip", "compression-level",
                                                   bytes.size() < kLargeContent ? "6" : "0"));
    }
    openInto(a, &result);
    const Entry entry(archive_entry_new());
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    require(a, archive_write_header(a, entry.get()));
    require(a, archive_write_data(a, bytes.constData(), static_cast<std::size_t>(bytes.size())));
    require(a, archive_write_close(a));
    return result;
}

quint64 nextOf(quint64 &state) // splitmix64, a public-domain generator
{
    quint64 z = (state += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

} // namespace

QByteArray randomBytes(quint64 seed, qint64 size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (qint64 at = 0; at < size; at += 8) {
        const quint64 word = nextOf(seed);
        std::memcpy(bytes.data() + at, &word, static_cast<std::size_t>(std::min<qint64>(8, size - at)));
    }
    return bytes;
}

SampleLayer makeLayer(const std::vector<SampleFile> &files, SampleCompression compression)
{
    const QByteArray tar = tarOf(files);
    SampleLayer layer;
    layer.bytes = compression == SampleCompression::None ? tar : compressed(tar, compression);
    layer.digest = Digester::of(layer.bytes);
    layer.diffId = Digester::of(tar);
    return layer;
}

SampleLayer makeRandomLayer(quint64 seed, qint64 size)
{
    const QByteArray name = QByteArray::number(seed, 16);
    return makeLayer({{"etc/sample-" + name + ".txt", "layer " + name + '\n', 0644, {}},
                      {"opt/sample-" + name + ".bin", randomBytes(seed, size), 0644, {}}});
}

} // namespace layerpool::test
