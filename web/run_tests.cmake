# cmake -DWORK=… -DNPM=… -DSOURCE=… [-DEXECUTABLE=… -DEXAMPLES=…] -P run_tests.cmake
# With EXECUTABLE: the tests of the page as that writes it; without: the page's own.
execute_process(COMMAND "${CMAKE_COMMAND}" -E rm -rf "${WORK}/test")
execute_process(COMMAND "${CMAKE_COMMAND}" -E copy_directory "${SOURCE}/test" "${WORK}/test")
set(tasks check test)
if(EXECUTABLE)
  set(tasks test:executable)
  set(ENV{PLIMSOLL_EXECUTABLE} "${EXECUTABLE}")
  set(ENV{PLIMSOLL_EXAMPLES} "${EXAMPLES}")
endif()
foreach(task IN LISTS tasks)
  execute_process(COMMAND "${NPM}" run --silent ${task} WORKING_DIRECTORY "${WORK}"
                  RESULT_VARIABLE status)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "npm run ${task}: ${status}")
  endif()
endforeach()
