// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/Digest.h"
#include "base/Result.h"
#include "image/Platform.h"
#include "image/RepositoryName.h"

#include <gtest/gtest.h>

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <ostream>

// GoogleTest finds these by argument-dependent lookup, so each stands in its type's namespace. They come with
// every test's precompiled header: a type must print the same in all files of a program.

inline void PrintTo(const QString &text, std::ostream *out)
{
    *out << '"' << text.toStdString() << '"';
}

inline void PrintTo(const QByteArray &bytes, std::ostream *out)
{
    *out << '"' << bytes.left(2000).toPercentEncoding(" !\"#$&'()*+,/:;<=>?@[\\]^`{|}\n\t").toStdString()
         << '"';
}

inline void PrintTo(const QStringList &texts, std::ostream *out)
{
    *out << '[' << texts.join(QStringLiteral(" | ")).toStdString() << ']';
}

namespace layerpool {

inline void PrintTo(const Digest &digest, std::ostream *out)
{
    *out << digest.toByteArray().toStdString();
}

inline void PrintTo(const RepositoryName &name, std::ostream *out)
{
    *out << name.toByteArray().toStdString();
}

inline void PrintTo(const Platform &platform, std::ostream *out)
{
    *out << platform.toString().toStdString();
}

inline void PrintTo(ErrorKind kind, std::ostream *out)
{
    *out << errorKindName(kind).toStdString();
}

namespace test {

/// `ASSERT_TRUE(isOk(result))` says the error's whole sentence where it fails.
template <typename T>
testing::AssertionResult isOk(const Result<T> &result)
{
    if (result) {
        return testing::AssertionSuccess();
    }
    return testing::AssertionFailure() << errorKindName(result.error().kind).toStdString() << ": "
                                       << result.error().sentence().toStdString();
}

/// The other side: it failed, and with this kind.
template <typename T>
testing::AssertionResult isError(const Result<T> &result, ErrorKind kind)
{
    if (result) {
        return testing::AssertionFailure() << "it succeeded";
    }
    if (result.error().kind != kind) {
        return testing::AssertionFailure() << errorKindName(result.error().kind).toStdString() << ": "
                                           << result.error().sentence().toStdString();
    }
    return testing::AssertionSuccess();
}

} // namespace test
} // namespace layerpool
