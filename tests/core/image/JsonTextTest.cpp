// SPDX-License-Identifier: Apache-2.0
#include "image/JsonText.h"

namespace layerpool {
namespace {

std::vector<QByteArray> elements(QByteArrayView json)
{
    std::vector<QByteArray> found;
    const std::optional<JsonArrayText> array = arrayText(json, "list");
    for (const QByteArrayView element : array ? array->elements : std::vector<QByteArrayView>()) {
        found.push_back(element.toByteArray());
    }
    return found;
}

using Texts = std::vector<QByteArray>;

TEST(JsonTextTest, FindsElementsAsTheyAreWritten)
{
    EXPECT_EQ(elements(R"({"list":[{"a":1},{ "b" : [2, {}] } , 3,"x",null]})"),
              (Texts{R"({"a":1})", R"({ "b" : [2, {}] })", "3", R"("x")", "null"}));
}

TEST(JsonTextTest, LooksAtTheObjectsOwnMembersAlone)
{
    EXPECT_EQ(elements(R"({"x":{"list":[1]},"y":["list",[2]],"z":"\"list\":[3]","list":[4]})"), Texts{"4"});
}

TEST(JsonTextTest, BracketsInTextsAreNone)
{
    EXPECT_EQ(elements(R"({"list":[{"a":"]}\"]"},"\\"]})"), (Texts{R"({"a":"]}\"]"})", R"("\\")"}));
}

TEST(JsonTextTest, SaysWhereTheArrayEnds)
{
    const QByteArray json = "\n{ \"list\" : [ ] }";
    const std::optional<JsonArrayText> array = arrayText(json, "list");
    ASSERT_TRUE(array);
    EXPECT_TRUE(array->elements.empty());
    EXPECT_EQ(array->end, json.indexOf(']'));
}

TEST(JsonTextTest, WithoutSuchAnArrayThereIsNothing)
{
    EXPECT_FALSE(arrayText(R"({"other":[1]})", "list"));
    EXPECT_FALSE(arrayText(R"({"list":{"list":[1]}})", "list"));
    EXPECT_FALSE(arrayText("{}", "list"));
}

} // namespace
} // namespace layerpool
