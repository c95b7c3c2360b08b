# cmake -DINPUT=… -DOUTPUT=… -DNAME=… -P EmbedFile.cmake
# Writes a .cc that defines plimsoll::embedded::NAME, the bytes of INPUT. Text only: no NUL bytes.

# One raw string literal would pass the 16 KB that some compilers take; neighbours are joined.
set(chunk_size 15000)

file(READ "${INPUT}" text)
string(LENGTH "${text}" size)
get_filename_component(file_name "${INPUT}" NAME)

file(WRITE "${OUTPUT}.new" "// Made from ${file_name} by EmbedFile.cmake.\n"
  "#include \"embedded/${NAME}.h\"\n\n"
  "namespace plimsoll::embedded {\n\n"
  "constinit const std::string_view ${NAME} =")
set(begin 0)
while(begin LESS size)
  string(SUBSTRING "${text}" ${begin} ${chunk_size} chunk)
  file(APPEND "${OUTPUT}.new" "\n    R\"embedded(${chunk})embedded\"")
  math(EXPR begin "${begin} + ${chunk_size}")
endwhile()
file(APPEND "${OUTPUT}.new" ";\n\n}  // namespace plimsoll::embedded\n")
file(RENAME "${OUTPUT}.new" "${OUTPUT}")
