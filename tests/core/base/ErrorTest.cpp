// SPDX-License-Identifier: Apache-2.0
#include "base/Error.h"
#include "base/Result.h"

#include <cerrno>
#include <memory>

namespace layerpool {
namespace {

using namespace Qt::StringLiterals;
using test::isError;

TEST(Error, MakesOneSentenceOfItsParts)
{
    EXPECT_EQ((Error{ErrorKind::Storage, u"It failed"_s, {}, {}}.sentence()), u"It failed."_s);
    EXPECT_EQ((Error{ErrorKind::Storage, u"It failed"_s, u"no reason"_s, {}}.sentence()),
              u"It failed: no reason."_s);
    EXPECT_EQ((Error{ErrorKind::Storage, u"It failed"_s, u"no reason"_s, u"Try again"_s}.sentence()),
              u"It failed: no reason. Try again."_s);
    EXPECT_EQ((Error{ErrorKind::Storage, u"It failed"_s, {}, u"Try again"_s}.sentence()),
              u"It failed. Try again."_s);
}

TEST(Error, SaysWhereItsHintIsFollowed)
{
    Error error{ErrorKind::Conflict, u"It exists"_s, {}, u"Allow it"_s};
    error.options = {u"--force"_s, u"--as NAME"_s};
    EXPECT_EQ(error.sentence(), u"It exists. Allow it."_s) << "each program has words of its own for it";
    EXPECT_EQ(error.sentence(error.options), u"It exists. Allow it (--force, --as NAME)."_s);
    EXPECT_EQ((Error{ErrorKind::Conflict, u"It exists"_s, {}, {}}.sentence({u"--force"_s})), u"It exists."_s);
}

TEST(Error, EveryKindHasAStableWordOfItsOwn)
{
    QSet<QByteArray> words;
    for (int kind = 0; kind <= static_cast<int>(ErrorKind::Cancelled); ++kind) {
        const QByteArray word = errorKindName(static_cast<ErrorKind>(kind));
        EXPECT_NE(word, "unknown");
        EXPECT_EQ(word, word.toLower());
        words.insert(word);
    }
    EXPECT_EQ(words.size(), static_cast<int>(ErrorKind::Cancelled) + 1);
    EXPECT_EQ(errorKindName(ErrorKind::NoSpace), "no-space");
    EXPECT_EQ(errorKindName(ErrorKind::BadInput), "bad-input");
}

TEST(Error, OfASystemCallSaysWhatToDo)
{
    for (const int full : {ENOSPC, EDQUOT}) {
        const Error error = systemError(u"Cannot write x"_s, full);
        EXPECT_EQ(error.kind, ErrorKind::NoSpace);
        EXPECT_FALSE(error.why.isEmpty());
        EXPECT_FALSE(error.hint.isEmpty());
    }
    const Error denied = systemError(u"Cannot write x"_s, EACCES);
    EXPECT_EQ(denied.kind, ErrorKind::Storage);
    EXPECT_EQ(denied.what, u"Cannot write x"_s);
    EXPECT_FALSE(denied.hint.isEmpty());
    EXPECT_TRUE(systemError(u"x"_s, EIO).hint.isEmpty());
    EXPECT_EQ(cancelledError().kind, ErrorKind::Cancelled);
}

TEST(Result, HoldsAValueOrAnError)
{
    Result<std::unique_ptr<int>> value = std::make_unique<int>(3);
    ASSERT_TRUE(value);
    EXPECT_EQ(**value, 3);
    const std::unique_ptr<int> taken = *std::move(value);
    EXPECT_EQ(*taken, 3);
    const Result<QString> failed = Error{ErrorKind::NotFound, u"gone"_s, {}, {}};
    EXPECT_TRUE(isError(failed, ErrorKind::NotFound));
    EXPECT_EQ(failed.error().what, u"gone"_s);
    EXPECT_THROW(static_cast<void>(*failed), std::bad_variant_access);
}

TEST(Result, OfNothingIsSuccessUnlessAnError)
{
    EXPECT_TRUE(Status());
    const Status failed = cancelledError();
    EXPECT_FALSE(failed);
    EXPECT_EQ(failed.error().kind, ErrorKind::Cancelled);
}

} // namespace
} // namespace layerpool
