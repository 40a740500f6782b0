#!/usr/bin/env bash
# What ./dev does. Every command installs what it needs first (packaging/dev/setup.sh), is idempotent, and is quick the
# second time. Progress goes to standard error, results to standard output.
set -euo pipefail

root=$(pwd)
export CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_BASEDIR="$root" CMAKE_GENERATOR=Ninja
source "$root/packaging/dev/setup.sh"

say() {
    if [ -t 2 ]; then printf '\033[1m%s\033[0m\n' "$*" >&2; else printf '%s\n' "$*" >&2; fi
}

usage() {
    cat <<'TXT'
./dev <command> [arguments]

  run [arguments]   build, then open the desktop window; without a display start the server
                    with the playground provider. Arguments go to patchbay: ./dev run chat "hello"
  test [filter]     build and run every test; a filter is a regular expression for CTest names
  build [preset]    build a preset: release (default), dev, asan, headless
  serve [arguments] build and run `patchbay serve`
  bench [name]      build and run the benchmarks of tests/bench; `bench window` is the window's
  asan [filter]     build with AddressSanitizer and UBSan and run the unit tests
  lint              clang-tidy and qmllint over the sources of this project
  fmt               clang-format in place
  shots [folder]    pictures of every page, in both themes and languages (build/shots)
  setup             only install what the build needs
TXT
}

# Desktop packages are optional: without Qt Quick the build is headless, and says so.
configure() {
    local preset=$1 stamp="build/$1/.configured"
    local inputs="$root/CMakePresets.json $root/packaging/cmake"
    if [ ! -f "$stamp" ] || [ ! -f "build/$preset/build.ninja" ] ||
        [ -n "$(find $inputs -newer "$stamp" -print -quit 2>/dev/null)" ]; then
        say "configuring ($preset)"
        cmake --preset "$preset" "${@:2}" >&2
        touch "$stamp"
    fi
}

build() {
    local preset=${1:-release}
    setup_build "$preset"
    configure "$preset"
    say "building ($preset)"
    cmake --build "build/$preset" "${@:2}" >&2
}

# The programs alone: who wants to run them need not wait for the tests.
build_programs() { build release --target programs; }

run_program() {
    local bin="$root/build/release/bin"
    if [ $# -eq 0 ]; then
        if [ -x "$bin/patchbay-desktop" ] && { [ -n "${DISPLAY:-}" ] || [ -n "${WAYLAND_DISPLAY:-}" ]; }; then
            exec "$bin/patchbay-desktop"
        fi
        say "no desktop window here: starting the server with the playground provider (Ctrl+C stops it)"
        say "try: curl -N http://127.0.0.1:8484/v1/chat/completions -H 'content-type: application/json' \\"
        say "       -d '{\"model\":\"playground/echo\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}'"
        exec "$bin/patchbay" serve --playground
    fi
    exec "$bin/patchbay" "$@"
}

command=${1:-help}
[ $# -gt 0 ] && shift
case "$command" in
setup) setup_build && setup_tests ;;
build) build "${1:-release}" ;;
run)
    build_programs
    run_program "$@"
    ;;
serve)
    build_programs
    exec "$root/build/release/bin/patchbay" serve "$@"
    ;;
test)
    setup_tests
    build release
    say "testing"
    ctest --test-dir build/release --output-on-failure ${1:+-R "$1"}
    ;;
asan)
    setup_tests
    build asan
    ASAN_OPTIONS=detect_leaks=1:abort_on_error=1 ctest --test-dir build/asan --output-on-failure -LE e2e ${1:+-R "$1"}
    ;;
bench)
    setup_bench
    setup_build
    configure release -DPATCHBAY_BENCH=ON
    cmake --build build/release >&2
    exec "$root/tests/bench/run.sh" "$@"
    ;;
lint)
    setup_lint
    build release
    [ ! -x build/release/bin/patchbay-desktop ] || cmake --build build/release --target all_qmllint >&2
    git ls-files 'core/*.cpp' 'app/*.cpp' | xargs -P "$(nproc)" -n 4 "$CLANG_TIDY" -p build/release --quiet
    ;;
fmt)
    setup_lint
    git ls-files '*.cpp' '*.h' | xargs "$CLANG_FORMAT" -i
    ;;
shots)
    build_programs
    if [ ! -x build/release/bin/patchbay-desktop ]; then
        say "the desktop window is not built yet, so there is nothing to take a picture of"
        exit 2
    fi
    QT_QPA_PLATFORM=offscreen QT_QUICK_BACKEND=software exec build/release/bin/patchbay-desktop --shot "${1:-build/shots}"
    ;;
help | -h | --help) usage ;;
*)
    usage >&2
    exit 2
    ;;
esac
