// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

#include <optional>
#include <vector>

namespace layerpool {

/// Where the parts of an array stand in the text of a JSON object: for what is taken over byte for byte.
struct JsonArrayText
{
    std::vector<QByteArrayView> elements; ///< into the text, without the blanks around them
    qsizetype end = 0;                    ///< where its `]` stands
};

/// The array that is the object's member `name`; nothing where there is none, or its name is written with
/// escapes. `json` must be a well-formed object, and outlive what is returned.
std::optional<JsonArrayText> arrayText(QByteArrayView json, QByteArrayView name);

} // namespace layerpool
