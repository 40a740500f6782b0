# patchbay_embed(<target> FILE <path from the source root> FUNCTION <name>)
#   Compiles a file's bytes into a target, readable as `std::string_view patchbay::<name>()`, so that the program needs no
#   data file beside it. Run again whenever the file changes. An array, not a literal: MSVC ends literals at 64 KiB.
if(CMAKE_SCRIPT_MODE_FILE)
    file(READ "${EMBED_INPUT}" bytes HEX)
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
    string(REGEX REPLACE "(................................................................................)" "\\1\n" bytes "${bytes}")
    file(WRITE "${EMBED_OUTPUT}.tmp"
        "#include <string_view>\n\nnamespace patchbay {\n\nstd::string_view ${EMBED_FUNCTION}();\n\n"
        "static constexpr unsigned char kBytes[] = {\n${bytes}\n};\n\n"
        "std::string_view ${EMBED_FUNCTION}() {\n"
        "    return {reinterpret_cast<const char*>(kBytes), sizeof kBytes};\n}\n\n} // namespace patchbay\n")
    file(RENAME "${EMBED_OUTPUT}.tmp" "${EMBED_OUTPUT}")
    return()
endif()

set(PATCHBAY_EMBED_SCRIPT "${CMAKE_CURRENT_LIST_FILE}")
function(patchbay_embed target)
    cmake_parse_arguments(EMBED "" "FILE;FUNCTION" "" ${ARGN})
    set(input "${PROJECT_SOURCE_DIR}/${EMBED_FILE}")
    set(output "${CMAKE_CURRENT_BINARY_DIR}/${EMBED_FUNCTION}.cpp")
    add_custom_command(OUTPUT "${output}"
        COMMAND "${CMAKE_COMMAND}" "-DEMBED_INPUT=${input}" "-DEMBED_OUTPUT=${output}"
            "-DEMBED_FUNCTION=${EMBED_FUNCTION}" -P "${PATCHBAY_EMBED_SCRIPT}"
        DEPENDS "${input}" "${PATCHBAY_EMBED_SCRIPT}"
        COMMENT "Embedding ${EMBED_FILE}" VERBATIM)
    set_source_files_properties("${output}" PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
    target_sources(${target} PRIVATE "${output}")
endfunction()
