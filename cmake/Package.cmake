# What `cmake --install` puts where, and the .deb that `cpack` makes of it. script/package does both.
include(GNUInstallDirs)

install(TARGETS plimsoll COMPONENT executable)

# Manual pages and completions are what the executable itself prints, so they are made while
# installing and cannot be older than it.
install(CODE "
  set(plimsoll \"$<TARGET_FILE:plimsoll>\")
  set(version \"${PROJECT_VERSION}\")
  set(prefix \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}\")
  set(man_folder \"\${prefix}/${CMAKE_INSTALL_MANDIR}/man1\")
  set(data_folder \"\${prefix}/${CMAKE_INSTALL_DATADIR}\")
  set(changelog_folder \"\${prefix}/${CMAKE_INSTALL_DOCDIR}\")
  set(changelog_template \"${CMAKE_SOURCE_DIR}/packaging/debian/changelog.in\")
")
install(SCRIPT "${CMAKE_CURRENT_LIST_DIR}/InstallDocuments.cmake")
install(FILES packaging/debian/copyright DESTINATION "${CMAKE_INSTALL_DOCDIR}")

# `docker plimsoll`: one executable, which looks at the name it was called by.
install(CODE "
  set(folder \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_LIBEXECDIR}/docker/cli-plugins\")
  file(MAKE_DIRECTORY \"\${folder}\")
  file(CREATE_LINK ../../../${CMAKE_INSTALL_BINDIR}/plimsoll \"\${folder}/docker-plimsoll\" SYMBOLIC)
")

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME plimsoll)
set(CPACK_PACKAGE_CONTACT "plimsoll maintainers <maintainers@users.noreply.r-seed-a9b61b8a.example>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
# Loaded when an engine or a registry is asked, so that it is in no list of linked libraries.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "libcurl4")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "docker.io | docker-ce-cli")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "find and gate what is unsafe in container configuration")
# Policy 5.6.13: CPack puts in the space that starts each line.
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"plimsoll judges Dockerfiles, Compose files, Kubernetes manifests, docker run
lines, Podman Quadlets, docker inspect output and CI workflows, joined into
what will really run. Every finding says which fact decided it.

It needs no account and no network. As a plugin of Docker's command line it
is also called docker plimsoll.")
include(CPack)
