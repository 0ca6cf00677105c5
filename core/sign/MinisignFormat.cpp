// SPDX-License-Identifier: Apache-2.0
#include "sign/MinisignFormat.h"

#include <sodium.h>

namespace layerpool::minisign {

QList<QByteArrayView> linesOf(QByteArrayView text)
{
    QList<QByteArrayView> lines;
    while (!text.isEmpty()) {
        const qsizetype end = text.indexOf('\n');
        QByteArrayView line = end < 0 ? text : text.first(end);
        text = end < 0 ? QByteArrayView() : text.sliced(end + 1);
        if (line.endsWith('\r')) {
            line.chop(1);
        }
        lines << line;
    }
    return lines;
}

bool decode(QByteArrayView base64, std::span<unsigned char> bytes)
{
    std::size_t length = 0;
    return ::sodium_base642bin(bytes.data(), bytes.size(), base64.data(),
                               static_cast<std::size_t>(base64.size()), nullptr, &length, nullptr,
                               sodium_base64_VARIANT_ORIGINAL) == 0 &&
           length == bytes.size();
}

QByteArray encoded(QByteArrayView bytes)
{
    const std::size_t length =
        sodium_base64_ENCODED_LEN(static_cast<std::size_t>(bytes.size()), sodium_base64_VARIANT_ORIGINAL);
    QByteArray text(static_cast<qsizetype>(length), '\0');
    ::sodium_bin2base64(text.data(), length, reinterpret_cast<const unsigned char *>(bytes.data()),
                        static_cast<std::size_t>(bytes.size()), sodium_base64_VARIANT_ORIGINAL);
    text.chop(1); // its end
    return text;
}

} // namespace layerpool::minisign
