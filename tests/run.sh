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
# The tables of those that measure.
awk '/ Testing: (Faults|Responsiveness)\./{wanted=1} /^<end of output>/{wanted=shown=0} shown; wanted && /^Output:/{shown=1}' \
    build/release/Testing/Temporary/LastTest.log
packaging/quickstart.sh --headless
