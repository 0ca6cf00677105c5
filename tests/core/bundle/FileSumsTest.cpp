// SPDX-License-Identifier: Apache-2.0
#include "bundle/FileSums.h"

#include "base/Digester.h"

#include <gtest/gtest.h>

namespace layerpool::test {
namespace {

const Digest kOne = Digester::of("one");
const Digest kTwo = Digester::of("two");

TEST(FileSumsTest, ThereAndBack)
{
    const FileSums sums{{{"all.tar.001", kOne}, {"all.tar.002", kTwo}, {"a\\b\nc\rd  e", kOne}}};
    const Result<FileSums> read = FileSums::parse(sums.toText());
    ASSERT_TRUE(isOk(read));
    ASSERT_EQ(read->lines.size(), 3U);
    for (const auto &[name, digest] : sums.lines) {
        ASSERT_NE(read->find(name), nullptr) << name.toStdString();
        EXPECT_EQ(*read->find(name), digest);
    }
    EXPECT_EQ(read->find("all.tar"), nullptr);
    EXPECT_EQ(read->toText(), sums.toText());
}

TEST(FileSumsTest, BinaryAndTheSameTwiceAreFine)
{
    const QByteArray line = kOne.hex() + " *all.tar\n";
    const Result<FileSums> read = FileSums::parse(line + line);
    ASSERT_TRUE(isOk(read));
    EXPECT_EQ(*read->find("all.tar"), kOne);
    EXPECT_TRUE(FileSums::parse({}));
    EXPECT_TRUE(FileSums::parse(line.chopped(1))) << "without its last line break";
}

TEST(FileSumsTest, AnyOtherLineIsRefused)
{
    const QByteArray hex = kOne.hex();
    for (const QByteArray &text :
         {QByteArray("\n"), QByteArray("text\n"), hex + '\n', hex + "  \n", hex + " all.tar\n",
          hex.chopped(1) + "  all.tar\n", hex.toUpper() + "  all.tar\n", '\\' + hex + "  a\\b\n",
          '\\' + hex + "  a\\\n", hex + "  all.tar\n" + kTwo.hex() + "  all.tar\n"}) {
        const Result<FileSums> read = FileSums::parse(text);
        ASSERT_FALSE(read) << text.toStdString();
        EXPECT_EQ(read.error().kind, ErrorKind::BadInput);
    }
}

} // namespace
} // namespace layerpool::test
