# Installs what building, testing and benchmarking need, through the system's package manager. Sourced by dev.sh.
# Debian 12 and Ubuntu 24.04 are set up automatically; elsewhere the list is printed.

BUILD_PACKAGES=(
    clang-19 lld-19 cmake ninja-build ccache pkg-config git
    qt6-base-dev qt6-websockets-dev libqt6sql6-sqlite qcoro-qt6-dev
    libcurl4-openssl-dev libssl-dev zlib1g-dev libspdlog-dev libfmt-dev libtomlplusplus-dev libsodium-dev libcli11-dev
)
# The desktop window. Its packages are left out of a headless build.
DESKTOP_PACKAGES=(
    qt6-declarative-dev qt6-declarative-dev-tools qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools qt6-svg-dev qt6-pdf-dev
    qt6-image-formats-plugins
    qtkeychain-qt6-dev libmd4c-dev libmd4c-html0-dev libjs-highlight.js fonts-noto-cjk fonts-dejavu-core qt6-translations-l10n
    qml6-module-qtqml qml6-module-qtqml-models qml6-module-qtqml-workerscript qml6-module-qtquick qml6-module-qtquick-window
    qml6-module-qtquick-templates qml6-module-qtquick-controls qml6-module-qtquick-layouts qml6-module-qtquick-dialogs
    qml6-module-qtquick-shapes qml6-module-qt-labs-platform qml6-module-qt-labs-qmlmodels
)
# The window's tests use the keyboard of a virtual screen.
DESKTOP_TEST_PACKAGES=(xvfb xauth xdotool qml6-module-qttest dbus-daemon)
# Debian 12 and Ubuntu 24.04 carry different versions, and their default may be older than what is needed.
BOOST_PACKAGES=(libboost1.81-dev libboost1.83-dev libboost1.88-dev)
TEST_PACKAGES=(libclang-rt-19-dev npm nginx sqlite3)
BENCH_PACKAGES=(nginx)
LINT_PACKAGES=(clang-tidy-19 clang-format-19)
CLANG_TIDY=clang-tidy-19
CLANG_FORMAT=clang-format-19

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        echo "need root for: $*  (run it yourself, or install sudo)" >&2
        return 1
    fi
}

missing_packages() {
    dpkg-query -W -f '${Package} ${Status}\n' "$@" 2>/dev/null | awk '$NF == "installed" && $(NF-1) == "ok" {print $1}' |
        sort >"${TMPDIR:-/tmp}/patchbay-installed.$$"
    printf '%s\n' "$@" | sort | comm -23 - "${TMPDIR:-/tmp}/patchbay-installed.$$"
    rm -f "${TMPDIR:-/tmp}/patchbay-installed.$$"
}

install_packages() {
    if ! command -v dpkg-query >/dev/null; then
        # Not Debian: the build's own error messages name what is missing; vcpkg.json lists the libraries.
        return 0
    fi
    local missing
    missing=$(missing_packages "$@")
    [ -z "$missing" ] && return 0
    echo "installing: $(echo $missing)" >&2
    as_root apt-get update -qq >&2
    # shellcheck disable=SC2086
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends -qq $missing >&2
}

# The first of several packages that is installed, else the first that can be.
first_available() {
    local package
    for package in "$@"; do
        if [ -z "$(missing_packages "$package")" ]; then
            echo "$package"
            return 0
        fi
    done
    for package in "$@"; do
        if apt-cache show "$package" 2>/dev/null | grep -q '^Package:'; then
            echo "$package"
            return 0
        fi
    done
    echo "$1"
}

setup_build() {
    local packages=("${BUILD_PACKAGES[@]}" "$(first_available "${BOOST_PACKAGES[@]}")")
    [ "${1:-release}" = headless ] || packages+=("${DESKTOP_PACKAGES[@]}")
    install_packages "${packages[@]}"
}
setup_bench() { install_packages "${BENCH_PACKAGES[@]}"; }
setup_lint() { install_packages "${LINT_PACKAGES[@]}"; }

# npm alone is enough: the Node that runs the tests (22) comes as an npm package into the build folder.
setup_tests() {
    local packages=("${TEST_PACKAGES[@]}" "${DESKTOP_TEST_PACKAGES[@]}")
    command -v npm >/dev/null && packages=("${packages[@]/npm/}")
    install_packages $(printf '%s ' "${packages[@]}")
}
