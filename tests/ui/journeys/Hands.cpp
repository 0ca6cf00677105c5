// SPDX-License-Identifier: Apache-2.0
#include "Hands.h"

#include "Keyboard.h"
#include "Mouse.h"

namespace layerpool::test {

std::unique_ptr<Hands> handsAt(Device device)
{
    if (device == Device::Mouse) {
        return std::make_unique<Mouse>();
    }
    return std::make_unique<Keyboard>();
}

std::ostream &operator<<(std::ostream &stream, Device device)
{
    return stream << (device == Device::Mouse ? "ByMouse" : "ByKeyboard");
}

} // namespace layerpool::test
