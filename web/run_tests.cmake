# cmake -DWORK=… -DNPM=… -DSOURCE=… -P run_tests.cmake
execute_process(COMMAND "${CMAKE_COMMAND}" -E rm -rf "${WORK}/test")
execute_process(COMMAND "${CMAKE_COMMAND}" -E copy_directory "${SOURCE}/test" "${WORK}/test")
foreach(task check test)
  execute_process(COMMAND "${NPM}" run --silent ${task} WORKING_DIRECTORY "${WORK}"
                  RESULT_VARIABLE status)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "npm run ${task}: ${status}")
  endif()
endforeach()
