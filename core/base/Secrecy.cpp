// SPDX-License-Identifier: Apache-2.0
#include "base/Secrecy.h"

#include <cstring>
#include <sys/prctl.h>
#include <sys/resource.h>

namespace layerpool {
namespace {

template <typename Text>
void overwrite(Text &secret)
{
    if (secret.isDetached() && !secret.isEmpty()) {
        ::explicit_bzero(secret.data(), static_cast<std::size_t>(secret.size()) * sizeof(*secret.data()));
    }
    secret.clear();
}

} // namespace

void keepOutOfDumps()
{
    constexpr rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    ::prctl(PR_SET_DUMPABLE, 0);
}

void wipe(QByteArray &secret)
{
    overwrite(secret);
}

void wipe(QString &secret)
{
    overwrite(secret);
}

} // namespace layerpool
