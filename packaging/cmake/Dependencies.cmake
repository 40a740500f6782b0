# Every outside package, found in one place. `./dev setup` installs them on Debian and Ubuntu; vcpkg.json names them elsewhere.
find_package(Threads REQUIRED)
find_package(Qt6 6.4 REQUIRED COMPONENTS Core Sql Network WebSockets)
find_package(Boost 1.81 REQUIRED)
find_package(CURL 7.87 REQUIRED) # CURLOPT_QUICK_EXIT
find_package(ZLIB REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(CLI11 REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
if(PATCHBAY_TESTS)
    find_package(Qt6 6.4 REQUIRED COMPONENTS Test)
endif()

# Boost's asio, beast and json are compiled once (core/base/boost_sources.cpp) instead of in every file.
add_library(patchbay_boost INTERFACE)
target_link_libraries(patchbay_boost INTERFACE Boost::headers Threads::Threads)
target_compile_definitions(patchbay_boost INTERFACE
    BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED
    BOOST_ASIO_DISABLE_BOOST_COROUTINE)

# The desktop window: Qt Quick and what it shows. A machine without Qt Quick builds the headless programs and says so.
if(PATCHBAY_DESKTOP)
    find_package(Qt6 6.4 QUIET OPTIONAL_COMPONENTS Gui Qml Quick QuickControls2 Svg Pdf LinguistTools)
    if(NOT TARGET Qt6::Quick)
        message(WARNING "Qt Quick was not found: building without the desktop window. './dev setup' installs it; "
            "-DPATCHBAY_DESKTOP=OFF (preset headless) silences this.")
        set(PATCHBAY_DESKTOP OFF)
    else()
        find_package(Qt6 6.4 REQUIRED COMPONENTS Gui Qml Quick QuickControls2 Svg Pdf LinguistTools)
        if(UNIX AND NOT APPLE)
            find_package(Qt6 6.4 REQUIRED COMPONENTS DBus)
        endif()
        find_package(QCoro6 REQUIRED COMPONENTS Core)
        find_package(Qt6Keychain REQUIRED)
        find_package(md4c REQUIRED)
        find_file(PATCHBAY_HIGHLIGHT_JS NAMES highlight.min.js
            PATHS /usr/share/javascript/highlight.js "${CMAKE_PREFIX_PATH}/share/highlight.js"
            DOC "highlight.js with its languages, as one file: colours the code in replies")
        if(PATCHBAY_TESTS)
            find_package(Qt6 6.4 REQUIRED COMPONENTS QuickTest)
        endif()
    endif()
endif()
