// SPDX-License-Identifier: Apache-2.0
#include "base/BackgroundDigester.h"

namespace layerpool {
namespace {

// FIPS 180-4's examples.
constexpr char kEmpty256[] = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
constexpr char kAbc256[] = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
constexpr char kMillionA256[] = "sha256:cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";
constexpr char kAbc512[] = "sha512:ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                           "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f";

TEST(Digester, KnowsThePublishedVectors)
{
    EXPECT_EQ(Digester::of({}).toByteArray(), kEmpty256);
    EXPECT_EQ(Digester::of("abc").toByteArray(), kAbc256);
    EXPECT_EQ(Digester::of(QByteArray(1'000'000, 'a')).toByteArray(), kMillionA256);
    EXPECT_EQ(Digester::of("abc", Digest::Algorithm::Sha512).toByteArray(), kAbc512);
}

TEST(Digester, DoesNotCareHowTheBytesAreCut)
{
    for (const int piece : {1, 7, 63, 64, 65, 4096}) {
        Digester digester;
        const QByteArray bytes(100'000, 'a');
        for (qsizetype at = 0; at < bytes.size(); at += piece) {
            digester.add(QByteArrayView(bytes).sliced(at, std::min<qsizetype>(piece, bytes.size() - at)));
            digester.add({});
        }
        EXPECT_EQ(digester.finish(), Digester::of(bytes)) << piece;
    }
}

TEST(BackgroundDigesterTest, HashesPiecesInTheirOrder)
{
    std::array pieces{QByteArray(300'000, 'a'), QByteArray(10, 'b'), QByteArray(200'000, 'c')};
    BackgroundDigester digester(Digest::Algorithm::Sha256);
    for (const QByteArray &piece : pieces) {
        digester.add(piece);
    }
    EXPECT_EQ(digester.finish(), Digester::of(pieces[0] + pieces[1] + pieces[2]));
}

TEST(BackgroundDigesterTest, WhoGivesUpLeavesNothingRunningOverBytesThatAreGone)
{
    for (int turn = 0; turn < 50; ++turn) {
        const QByteArray bytes(1'000'000, 'a');
        BackgroundDigester digester(Digest::Algorithm::Sha512);
        digester.add(bytes);
    }
}

TEST(Digester, CanBeMovedHalfWay)
{
    Digester first;
    first.add("a");
    Digester second = std::move(first);
    second.add("bc");
    EXPECT_EQ(second.finish().toByteArray(), kAbc256);
}

} // namespace
} // namespace layerpool
