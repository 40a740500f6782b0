#!/usr/bin/env bash
# Runs the benchmarks of this folder with what `./dev bench` built: run.sh [name] [--json FILE] [--rounds N] [--quick]
# or run.sh window [scene] [--rounds N]
# PATCHBAY_BIN measures another program than the one in build/release/bin.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
if [ "${1:-}" = window ]; then
    exec "$root/build/release/tests/desktop_bench" "${@:2}"
fi
bench="$root/build/release/tests/gateway_bench"
program=${PATCHBAY_BIN:-$root/build/release/bin/patchbay}
for file in "$bench" "$program"; do
    if [ ! -x "$file" ]; then
        echo "$file is not built: run ./dev bench" >&2
        exit 2
    fi
done
exec "$bench" --patchbay "$program" "$@"
