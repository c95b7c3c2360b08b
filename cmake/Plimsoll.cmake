# The house's build words. Each folder under src/ says plimsoll_module(name DEPENDS …) and gets
#   plimsoll_<name>   a static library of its *.cc (also in subfolders)
#   <name>_test       its *_test.cc, run by ctest
#   fuzz_<x>          per *_fuzz.cc: libFuzzer with PLIMSOLL_FUZZ, else a replay of fuzz/corpus/<x>
# A module links only what DEPENDS names; the include-layer test checks the same from the text.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo)
endif()

add_library(plimsoll_flags INTERFACE)
target_include_directories(plimsoll_flags INTERFACE "${CMAKE_SOURCE_DIR}/src")
target_compile_options(plimsoll_flags INTERFACE
  -Wall -Wextra -Wconversion -Wsign-conversion -Wshadow -Wnon-virtual-dtor -Werror
  # Rule files name only the fields they set; every field has a default member initialiser.
  -Wno-missing-field-initializers)
if(PLIMSOLL_SANITIZE)
  target_compile_options(plimsoll_flags INTERFACE
    -fsanitize=${PLIMSOLL_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(plimsoll_flags INTERFACE -fsanitize=${PLIMSOLL_SANITIZE})
endif()
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  target_compile_options(plimsoll_flags INTERFACE
    -ffile-prefix-map=${CMAKE_SOURCE_DIR}/=  # the same bytes wherever it is built
    -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -D_GLIBCXX_ASSERTIONS -fstack-protector-strong
    -fstack-clash-protection -fcf-protection)
  target_link_options(plimsoll_flags INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack)
endif()

# Tools that only make builds faster; the result is the same without them.
find_program(PLIMSOLL_CCACHE ccache)
if(PLIMSOLL_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${PLIMSOLL_CCACHE}")
endif()
find_program(PLIMSOLL_MOLD mold)
if(PLIMSOLL_MOLD)
  target_link_options(plimsoll_flags INTERFACE -fuse-ld=mold)
endif()

function(plimsoll_module name)
  cmake_parse_arguments(ARG "" "" "DEPENDS;PRIVATE" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "*.cc")
  set(tests ${sources})
  set(fuzzers ${sources})
  list(FILTER sources EXCLUDE REGEX "(_test|_fuzz|_bench|/main)\\.cc$")
  list(FILTER tests INCLUDE REGEX "_test\\.cc$")
  list(FILTER fuzzers INCLUDE REGEX "_fuzz\\.cc$")

  add_library(plimsoll_${name} STATIC ${sources})
  target_link_libraries(plimsoll_${name} PUBLIC plimsoll_flags)
  foreach(dependency IN LISTS ARG_DEPENDS)
    target_link_libraries(plimsoll_${name} PUBLIC plimsoll_${dependency})
  endforeach()
  target_link_libraries(plimsoll_${name} PRIVATE ${ARG_PRIVATE})

  if(NOT PLIMSOLL_TESTS)
    return()
  endif()
  if(tests)
    add_executable(${name}_test ${tests})
    target_link_libraries(${name}_test PRIVATE plimsoll_${name} GTest::gtest GTest::gtest_main
                                               ${ARG_PRIVATE})
    target_compile_definitions(${name}_test PRIVATE
      PLIMSOLL_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    add_test(NAME ${name} COMMAND ${name}_test)
  endif()
  foreach(fuzzer IN LISTS fuzzers)
    get_filename_component(stem "${fuzzer}" NAME_WE)
    string(REGEX REPLACE "_fuzz$" "" stem "${stem}")
    if(PLIMSOLL_FUZZ)
      add_executable(fuzz_${stem} ${fuzzer})
      target_link_options(fuzz_${stem} PRIVATE -fsanitize=fuzzer)
      target_compile_options(fuzz_${stem} PRIVATE -fsanitize=fuzzer)
    else()
      # A plain main replays the corpus, so that a target cannot rot between fuzzing sessions.
      add_executable(fuzz_${stem} ${fuzzer} "${CMAKE_SOURCE_DIR}/fuzz/replay_main.cc")
      add_test(NAME fuzz_${stem} COMMAND fuzz_${stem} "${CMAKE_SOURCE_DIR}/fuzz/corpus/${stem}")
    endif()
    target_link_libraries(fuzz_${stem} PRIVATE plimsoll_${name} ${ARG_PRIVATE})
  endforeach()
endfunction()
