# Compiler floors, warnings and the fast-build settings. Included once by the top CMakeLists.txt.

# GCC 12 miscompiles coroutine arguments: `co_await f(Aggregate{...})` destroys the aggregate twice. Seen with
# AddressSanitizer at -O0 and -O2, so the build stops instead of producing a program that corrupts memory.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    message(FATAL_ERROR
        "GCC ${CMAKE_CXX_COMPILER_VERSION} miscompiles C++20 coroutine arguments (double destruction). "
        "Use clang >= 16 or GCC >= 13; on Debian 12 './dev setup' installs clang-19.")
elseif(CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 16)
    message(FATAL_ERROR "clang ${CMAKE_CXX_COMPILER_VERSION} is too old: Patchbay needs clang >= 16.")
elseif(CMAKE_CXX_COMPILER_ID STREQUAL "MSVC" AND MSVC_VERSION LESS 1938)
    message(FATAL_ERROR "MSVC ${MSVC_VERSION} is too old: Patchbay needs Visual Studio 2022 17.8 (19.38) or newer.")
endif()

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    set(CMAKE_BUILD_TYPE Release)
endif()

option(PATCHBAY_ASAN "AddressSanitizer and UndefinedBehaviorSanitizer" OFF)

find_program(PATCHBAY_CCACHE ccache)
if(PATCHBAY_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${PATCHBAY_CCACHE}")
endif()

# What every target of ours is compiled with. One interface target, so that all share one precompiled header.
add_library(patchbay_flags INTERFACE)
if(MSVC)
    target_compile_options(patchbay_flags INTERFACE /W4 /permissive- /utf-8 /Zc:__cplusplus)
    target_compile_definitions(patchbay_flags INTERFACE NOMINMAX WIN32_LEAN_AND_MEAN _WIN32_WINNT=0x0A00)
else()
    # Qt asks for -fPIC; what links no Qt must have it too, or it could not share the precompiled header.
    target_compile_options(patchbay_flags INTERFACE -Wall -Wextra -Wno-missing-field-initializers -fPIC)
    if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
        # Lets ccache keep objects that were built with a precompiled header.
        target_compile_options(patchbay_flags INTERFACE "SHELL:-Xclang -fno-pch-timestamp")
        if(NOT APPLE)
            find_program(PATCHBAY_LLD NAMES ld.lld ld.lld-19 ld.lld-18 ld.lld-17 ld.lld-16)
            if(PATCHBAY_LLD)
                target_link_options(patchbay_flags INTERFACE "-fuse-ld=${PATCHBAY_LLD}")
            endif()
        endif()
    endif()
    if(PATCHBAY_ASAN)
        target_compile_options(patchbay_flags INTERFACE -fsanitize=address,undefined -fno-omit-frame-pointer
            -fno-sanitize-recover=undefined)
        target_link_options(patchbay_flags INTERFACE -fsanitize=address,undefined)
    endif()
endif()
