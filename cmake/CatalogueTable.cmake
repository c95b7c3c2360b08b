# Writes a table of every file of a catalogue folder: <file name>() → one entry.
# A misspelt function name fails at link time by name; there is no list to edit.
#
#   plimsoll_catalogue(TYPE <type> FILES … TEMPLATE <file.in> OUTPUT <file>)
# The template sees @DECLARATIONS@ and @ENTRIES@.
function(plimsoll_catalogue)
  cmake_parse_arguments(ARG "" "TEMPLATE;OUTPUT;TYPE" "FILES" ${ARGN})
  set(DECLARATIONS "")
  set(ENTRIES "")
  foreach(file IN LISTS ARG_FILES)
    get_filename_component(name "${file}" NAME_WE)
    string(APPEND DECLARATIONS "const ${ARG_TYPE}& ${name}();\n")
    string(APPEND ENTRIES "      &${name}(),\n")
  endforeach()
  configure_file("${ARG_TEMPLATE}" "${ARG_OUTPUT}" @ONLY)
endfunction()
