# Third-party libraries, all from Debian packages (docs/dependencies.md says what each is for).
find_package(Threads REQUIRED)
find_package(OpenSSL 3 REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(CLI11 REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(prometheus-cpp REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS url)

find_library(ARGON2_LIBRARY argon2 REQUIRED)
add_library(takas_argon2 INTERFACE)
target_link_libraries(takas_argon2 INTERFACE ${ARGON2_LIBRARY})

# CMake's own FindPostgreSQL wants the server's headers too.
find_library(PQ_LIBRARY pq REQUIRED)
find_path(PQ_INCLUDE_DIR libpq-fe.h PATH_SUFFIXES postgresql REQUIRED)
add_library(takas_libpq INTERFACE)
target_link_libraries(takas_libpq INTERFACE ${PQ_LIBRARY})
target_include_directories(takas_libpq SYSTEM INTERFACE ${PQ_INCLUDE_DIR})

# PKCS#11: p11-kit's header only; the token's module is loaded when it is asked for.
find_path(P11_INCLUDE_DIR p11-kit/pkcs11.h PATH_SUFFIXES p11-kit-1 REQUIRED)
add_library(takas_p11 INTERFACE)
target_include_directories(takas_p11 SYSTEM INTERFACE ${P11_INCLUDE_DIR})
target_link_libraries(takas_p11 INTERFACE ${CMAKE_DL_LIBS})

# The server's allocator: a request is allocated on one thread and freed on two others, which costs glibc a quarter of the
# server's time (docs/benchmarks.md). Only where nothing else brings its own, as the sanitizers do.
add_library(takas_allocator INTERFACE)
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  find_library(JEMALLOC_LIBRARY jemalloc REQUIRED)
  target_link_libraries(takas_allocator INTERFACE ${JEMALLOC_LIBRARY})
endif()

# Time zones: libstdc++ 12 has no tzdb.
find_library(DATE_TZ_LIBRARY date-tz REQUIRED)
add_library(takas_date_tz INTERFACE)
target_link_libraries(takas_date_tz INTERFACE ${DATE_TZ_LIBRARY})

# Boost headers warn under our flags: they are included as system headers.
add_library(takas_boost INTERFACE)
target_include_directories(takas_boost SYSTEM INTERFACE ${Boost_INCLUDE_DIRS})
target_link_libraries(takas_boost INTERFACE Boost::url Threads::Threads)
target_compile_definitions(takas_boost INTERFACE BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_SEPARATE_COMPILATION BOOST_JSON_STANDALONE=0)

if(TAKAS_TESTS)
  find_package(GTest REQUIRED)
  find_library(RAPIDCHECK_LIBRARY rapidcheck REQUIRED)
  add_library(takas_rapidcheck INTERFACE)
  target_link_libraries(takas_rapidcheck INTERFACE ${RAPIDCHECK_LIBRARY})
endif()
