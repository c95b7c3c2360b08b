# Writes a header with one digest of the named sources, so that what was computed by other ones can
# be told:  cmake -DSOURCES=a;b -DNAME=kName -DNAMESPACE=x::y -DOUTPUT=file.h -P HashSources.cmake
set(digests "")
foreach(source IN LISTS SOURCES)
  file(SHA256 "${source}" digest)
  string(APPEND digests "${digest}")
endforeach()
string(SHA256 digest "${digests}")
file(WRITE "${OUTPUT}" "#pragma once

namespace ${NAMESPACE} {

inline constexpr char ${NAME}[] = \"${digest}\";

}  // namespace ${NAMESPACE}
")
