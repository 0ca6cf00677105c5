#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs what is needed, builds, and runs every test. May be run again at any time; every process that the
# tests start is ended by them.
set -euo pipefail
cd "$(dirname "$0")/.."

packaging/install-deps.sh --tests
packaging/check-style.sh

cmake --preset release -DLAYERPOOL_BUILD_GTESTS=ON # a quick start leaves them out
cmake --build --preset release
if ! ctest --preset release --parallel "$(nproc)" --no-tests=error; then
    echo "=== What failed, once more:"
    awk '/ Testing: /{block=""} {block=block $0 "\n"} /^Test (Failed|Timeout)/{print block}' \
        build/release/Testing/Temporary/LastTest.log
    exit 1
fi
# Once more all in one program, for their tables: what was provoked, and what came of it.
build/release/bin/layerpool-interop-tests --gtest_filter='*Faults*' --gtest_brief=1
# How long the window's thread was busy at the most, while 500 images are fetched and in a large pool.
QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8 build/release/bin/layerpool-ui-tests \
    --gtest_filter='ResponsivenessTest.*:HugePoolTest.*' --gtest_brief=1 2>/dev/null
packaging/quickstart.sh --headless
