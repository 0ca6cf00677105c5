// SPDX-License-Identifier: Apache-2.0
#include "registry/LinkHeader.h"

namespace layerpool {
namespace {

TEST(LinkHeaderTest, FindsTheNextPage)
{
    EXPECT_EQ(nextLink("</v2/a/tags/list?n=2&last=b>; rel=\"next\""), "/v2/a/tags/list?n=2&last=b");
    EXPECT_EQ(nextLink("<https://r.io/v2/a/tags/list?last=b,c>;rel=next"),
              "https://r.io/v2/a/tags/list?last=b,c");
    EXPECT_EQ(nextLink("</1>; rel=\"prev\", </2>; title=\"x\"; Rel=\"last NEXT\""), "/2");
}

TEST(LinkHeaderTest, FindsNoneWhereThereIsNone)
{
    for (const QByteArray header :
         {"", "</1>; rel=\"prev\"", "</1>", "rel=next", "</1; rel=next", "<", "<>"}) {
        EXPECT_EQ(nextLink(header), QByteArray()) << header.constData();
    }
}

} // namespace
} // namespace layerpool
