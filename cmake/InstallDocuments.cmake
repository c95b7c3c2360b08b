# Runs while installing; cmake/Package.cmake sets the names. Manual pages and the changelog are
# compressed without a time stamp (gzip -n), so the same source gives the same package.
find_program(GZIP gzip REQUIRED)

function(write_output_of path)
  execute_process(COMMAND "${plimsoll}" ${ARGN} OUTPUT_FILE "${path}" COMMAND_ERROR_IS_FATAL ANY)
  message(STATUS "Installing: ${path}")
endfunction()

function(compress)
  execute_process(COMMAND "${GZIP}" -9nf ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

file(MAKE_DIRECTORY "${man_folder}")
execute_process(COMMAND "${plimsoll}" manual --format man --folder "${man_folder}"
                COMMAND_ERROR_IS_FATAL ANY)
# A second installation into the same place finds the compressed pages of the first.
file(GLOB pages "${man_folder}/plimsoll*.1")
compress(${pages})

file(MAKE_DIRECTORY "${data_folder}/bash-completion/completions"
                    "${data_folder}/zsh/vendor-completions"
                    "${data_folder}/fish/vendor_completions.d")
write_output_of("${data_folder}/bash-completion/completions/plimsoll" completion bash)
write_output_of("${data_folder}/zsh/vendor-completions/_plimsoll" completion zsh)
write_output_of("${data_folder}/fish/vendor_completions.d/plimsoll.fish" completion fish)

# Debian's changelog names a time; string(TIMESTAMP) takes that of SOURCE_DATE_EPOCH when it is set.
set(ENV{LC_ALL} C)
string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC)
file(MAKE_DIRECTORY "${changelog_folder}")
configure_file("${changelog_template}" "${changelog_folder}/changelog" @ONLY)
compress("${changelog_folder}/changelog")
