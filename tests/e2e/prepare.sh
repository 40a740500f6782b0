#!/usr/bin/env bash
# prepare.sh <build folder>: the clients under test and a Node 22 of their own, in the build folder. Debian 12's Node is
# 18, the newest clients want 22, so Node comes as an npm package.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
target=$1
mkdir -p "$target"
cp "$here"/package.json "$here"/package-lock.json "$here"/.npmrc "$target"/
cd "$target"
if ! cmp -s package-lock.json .installed; then
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2
    cp package-lock.json .installed
fi
