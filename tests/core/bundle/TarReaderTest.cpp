// SPDX-License-Identifier: Apache-2.0
#include "bundle/TarReader.h"

#include "support/RawTar.h"

#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <archive.h>
#include <archive_entry.h>

// Plain files and folders come as they are; all else ends the reading with its name.

namespace layerpool::test {
namespace {

using namespace Qt::StringLiterals;

struct Read
{
    std::vector<std::pair<BundleEntry, QByteArray>> entries;
    std::optional<Error> error;
    bool isCutShort = false;
};

enum class Bytes { Read, PassOver };

class TarReaderTest : public testing::Test
{
protected:
    Read read(const QByteArray &file, Bytes how = Bytes::Read, const CancelToken &cancel = {}) const
    {
        const QString path = m_directory.filePath(u"bundle"_s);
        QFile written(path);
        EXPECT_TRUE(written.open(QIODevice::WriteOnly) && written.write(file) == file.size());
        written.close();
        const Result<std::unique_ptr<BundleEntries>> entries = BundleEntries::open(path, cancel);
        if (!entries) {
            return {{}, entries.error()};
        }
        Read all;
        const Status status = readAll(**entries, how, all);
        if (!status) {
            all.error = status.error();
        }
        all.isCutShort = (*entries)->isCutShort();
        return all;
    }

    void expectRefused(const QByteArray &file, const QString &name, const QString &why) const
    {
        for (const Bytes how : {Bytes::Read, Bytes::PassOver}) {
            const Read all = read(file, how);
            ASSERT_TRUE(all.error) << name.toStdString();
            EXPECT_EQ(all.error->kind, ErrorKind::BadInput);
            EXPECT_FALSE(all.isCutShort) << all.error->sentence().toStdString();
            EXPECT_TRUE(all.error->sentence().contains(name)) << all.error->sentence().toStdString();
            EXPECT_TRUE(all.error->why.contains(why)) << all.error->sentence().toStdString();
        }
    }

    void expectCutShort(const QByteArray &file) const
    {
        for (const Bytes how : {Bytes::Read, Bytes::PassOver}) {
            const Read all = read(file, how);
            ASSERT_TRUE(all.error);
            EXPECT_EQ(all.error->kind, ErrorKind::BadInput);
            EXPECT_TRUE(all.error->what.contains(u"cut short"_s)) << all.error->sentence().toStdString();
            EXPECT_TRUE(all.isCutShort || all.entries.empty()) << "of a small packed file, at the opening";
        }
    }

    static QByteArray packed(const QByteArray &bytes, int filter)
    {
        QByteArray out(bytes.size() * 2 + 4096, '\0');
        std::size_t used = 0;
        archive *raw = archive_write_new();
        archive_write_set_format_raw(raw);
        archive_write_add_filter(raw, filter);
        archive_write_set_bytes_in_last_block(raw, 1);
        archive_write_open_memory(raw, out.data(), std::size_t(out.size()), &used);
        archive_entry *entry = archive_entry_new();
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_write_header(raw, entry);
        archive_write_data(raw, bytes.constData(), std::size_t(bytes.size()));
        archive_write_close(raw);
        archive_entry_free(entry);
        archive_write_free(raw);
        return out.first(qsizetype(used));
    }

    const std::vector<RawEntry> m_good{
        {"a/", {}, '5'}, {"a/one", "first"}, {"a/two", QByteArray(1'000'000, 'x')}};

private:
    static Status readAll(BundleEntries &reader, Bytes how, Read &all)
    {
        while (true) {
            const Result<std::optional<BundleEntry>> entry = reader.next();
            if (!entry || !*entry) {
                return entry ? Status() : entry.error();
            }
            all.entries.push_back({**entry, {}});
            while (how == Bytes::Read) {
                const Result<QByteArrayView> bytes = reader.read();
                if (!bytes) {
                    return bytes.error();
                }
                if (bytes->isEmpty()) {
                    break;
                }
                all.entries.back().second += *bytes;
            }
        }
    }

    QTemporaryDir m_directory;
};

TEST_F(TarReaderTest, FilesAndFoldersComeInTheirOrder)
{
    const QByteArray tar = rawTar(m_good);
    for (const QByteArray &file : {tar, packed(tar, ARCHIVE_FILTER_GZIP), packed(tar, ARCHIVE_FILTER_ZSTD)}) {
        const Read all = read(file);
        ASSERT_FALSE(all.error) << all.error->sentence().toStdString();
        ASSERT_EQ(all.entries.size(), m_good.size());
        EXPECT_EQ(all.entries[0].first.name, "a");
        EXPECT_TRUE(all.entries[0].first.isFolder);
        EXPECT_EQ(all.entries[1].second, "first");
        EXPECT_EQ(all.entries[2].second, m_good[2].bytes);
        EXPECT_EQ(all.entries[2].first.size, 1'000'000);
        EXPECT_FALSE(read(file, Bytes::PassOver).error);
    }
}

TEST_F(TarReaderTest, LongNamesAndExtendedHeadersAreUnderstood)
{
    const QByteArray longName = QByteArray(90, 'd') + '/' + QByteArray(90, 'f');
    const Read all = read(rawTar({{longName, "x"}, {"short", "y", '0', {}, {}, {"path=" + longName}}}));
    ASSERT_FALSE(all.error) << all.error->sentence().toStdString();
    EXPECT_EQ(all.entries[0].first.name, longName);
    EXPECT_EQ(all.entries[1].first.name, longName);
}

TEST_F(TarReaderTest, PaddingAfterTheEndIsNoMatter)
{
    EXPECT_FALSE(read(rawTar(m_good) + QByteArray(1'000'000, '\0')).error);
}

// Bad ones are found wherever they stand.
TEST_F(TarReaderTest, WhatIsNoPlainFileIsRefusedByName)
{
    const std::vector<std::pair<RawEntry, QString>> bad{
        {{"a/bad", {}, '1', "a/one"}, u"hard link"_s},
        {{"a/bad", {}, '2', "a/one"}, u"symbolic link"_s},
        {{"a/bad", {}, '3'}, u"device"_s},
        {{"a/bad", {}, '4'}, u"device"_s},
        {{"a/bad", {}, '6'}, u"pipe"_s},
        {{"a/bad",
          "x",
          '0',
          {},
          {},
          {"GNU.sparse.major=0", "GNU.sparse.minor=1", "GNU.sparse.size=4096", "GNU.sparse.map=0,1"}},
         u"sparse"_s},
    };
    for (const auto &[entry, why] : bad) {
        for (std::size_t at = 0; at <= m_good.size(); ++at) {
            std::vector<RawEntry> entries = m_good;
            entries.insert(entries.begin() + std::ptrdiff_t(at), entry);
            expectRefused(rawTar(entries), u"“a/bad”"_s, why);
        }
    }
}

TEST_F(TarReaderTest, ImpossibleSizesAreRefused)
{
    QByteArray negative(12, '\xff');
    QByteArray huge("\x80\0\0\0\x7f\xff\xff\xff\xff\xff\xff\xff", 12);
    QByteArray tooLarge("\x80\0\0\0\0\0\x10\0\0\0\0\x01", 12); // 16 TiB and one
    for (const QByteArray &size : {negative, huge, tooLarge}) {
        SCOPED_TRACE(size.toHex().toStdString());
        expectRefused(rawTar({m_good[0], {"a/bad", {}, '0', {}, size}}), u"“a/bad”"_s, {});
        expectRefused(rawTar({{"a/bad", {}, '0', {}, size}, m_good[0]}), u"“a/bad”"_s, {});
    }
}

TEST_F(TarReaderTest, ANameDoesNotGoOnAfterANul)
{
    const QByteArray name("a/bad\0/../../x", 14);
    const QByteArray longName = QByteArray(120, 'd') + name;
    const std::vector<RawEntry> bad{{name},
                                    {longName},
                                    {"x", {}, '0', {}, {}, {"path=" + name}},
                                    {"x", {}, '0', {}, {}, {"a=b", "path=" + name}}};
    for (const RawEntry &entry : bad) {
        for (std::size_t at = 0; at <= m_good.size(); ++at) {
            std::vector<RawEntry> entries = m_good;
            entries.insert(entries.begin() + std::ptrdiff_t(at), entry);
            expectRefused(rawTar(entries), u"bad”"_s, u"NUL"_s);
        }
    }
    EXPECT_FALSE(
        read(rawTar({{"a", "x", '0', {}, {}, {QByteArray("SCHILY.xattr.user.x=a\0path=b", 28)}}})).error);
}

// Headers that lie in two pieces of the stream.
TEST_F(TarReaderTest, HeadersMayLieAcrossPieces)
{
    const QByteArray longName = QByteArray(150, 'd');
    const QByteArray cut = QByteArray(150, 'd') + QByteArray("\0x", 2);
    for (int blocks = 1; blocks < 5; ++blocks) {
        const QByteArray filler(BundleStream::pieceBytes - (blocks + 1) * 512, 'x');
        const Read good = read(rawTar({{"filler", filler}, {longName, "y"}, {"z", "z"}}));
        ASSERT_FALSE(good.error) << good.error->sentence().toStdString();
        EXPECT_EQ(good.entries[1].first.name, longName);
        EXPECT_EQ(good.entries[2].second, "z");
        expectRefused(rawTar({{"filler", filler}, {cut, "y"}}), u"d”"_s, u"NUL"_s);
    }
}

TEST_F(TarReaderTest, NamesAreShownHarmless)
{
    expectRefused(rawTar({{"a/\x1b[31mred\n", {}, '2', "x"}}), u"“a/\\x1b[31mred\\x0a”"_s, u"symbolic"_s);
}

TEST_F(TarReaderTest, WhatIsNoTarIsRefused)
{
    expectRefused("this is no tar", u"bundle"_s, u"no tar"_s);
    expectRefused(QByteArray(100'000, 'x'), u"bundle"_s, u"no tar"_s);
    expectRefused({}, u"bundle"_s, u"no tar"_s);
    expectRefused(packed(QByteArray(100'000, 'x'), ARCHIVE_FILTER_GZIP), u"bundle"_s, u"no tar"_s);
    expectRefused("PK\x03\x04" + QByteArray(1000, 'x'), u"bundle"_s, u"the zip's directory"_s);
}

TEST_F(TarReaderTest, ADamagedHeaderIsRefused)
{
    std::vector<RawEntry> entries = m_good;
    entries.push_back({"a/three", "x", '0', {}, {}, {}, false});
    expectRefused(rawTar(entries), u"“a/three”"_s, u"can't be read"_s);
}

TEST_F(TarReaderTest, ATarThatIsCutShortIsTold)
{
    const QByteArray tar = rawTar(m_good);
    const qsizetype lastHeader = tar.size() - 1024 - 1'000'448 - 512;
    for (const qsizetype end : {lastHeader + 512 + 1000, lastHeader + 100, lastHeader, tar.size() - 1024,
                                tar.size() - 512, tar.size() - 1}) {
        SCOPED_TRACE(end);
        expectCutShort(tar.first(end));
    }
    for (const int filter : {ARCHIVE_FILTER_GZIP, ARCHIVE_FILTER_ZSTD}) {
        const QByteArray file = packed(tar, filter);
        expectCutShort(file.first(file.size() / 2));
        expectCutShort(file.first(file.size() - 9));
    }
}

TEST_F(TarReaderTest, WhatFollowsAfterTheEndIsRefused)
{
    const QByteArray tar = rawTar(m_good);
    expectRefused(tar + "x", u"bundle"_s, u"follows"_s);
    expectRefused(tar + QByteArray(1'000'000, '\0') + "x", u"bundle"_s, u"follows"_s);
    expectRefused(tar + tar, u"bundle"_s, u"follows"_s);
    const QByteArray oneBlock = rawEntry(m_good[1]) + QByteArray(512, '\0') + rawEntry(m_good[1]) + rawEnd();
    expectRefused(oneBlock, u"bundle"_s, u"follows"_s);
    expectRefused(packed(tar, ARCHIVE_FILTER_GZIP) + "garbage", u"bundle"_s, u"follows"_s);
    EXPECT_TRUE(read(packed(tar, ARCHIVE_FILTER_ZSTD) + "garbage").error);
}

TEST_F(TarReaderTest, WhatIsPackedTwiceIsRefused)
{
    const QByteArray once = packed(rawTar(m_good), ARCHIVE_FILTER_GZIP);
    expectRefused(packed(once, ARCHIVE_FILTER_GZIP), u"bundle"_s, u"more than once"_s);
    expectRefused(packed(once, ARCHIVE_FILTER_ZSTD), u"bundle"_s, u"no tar"_s);
}

TEST_F(TarReaderTest, CancelIsHeard)
{
    const CancelToken cancel;
    cancel.cancel();
    const Read all = read(rawTar(m_good), Bytes::Read, cancel);
    ASSERT_TRUE(all.error);
    EXPECT_EQ(all.error->kind, ErrorKind::Cancelled);
}

TEST(BundleEntriesTest, FoldersAndWhatIsNotThereAreNoBundles)
{
    QTemporaryDir directory;
    EXPECT_TRUE(isError(BundleEntries::open(directory.path(), {}), ErrorKind::BadInput));
    EXPECT_TRUE(isError(BundleEntries::open(directory.filePath(u"nothing"_s), {}), ErrorKind::NotFound));
    EXPECT_TRUE(isError(BundleEntries::open(u"/dev/null"_s, {}), ErrorKind::BadInput));
}

} // namespace
} // namespace layerpool::test
