# Every warning is an error: a warning nobody reads is a bug nobody sees.
add_compile_options(-Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wnon-virtual-dtor
  -Wold-style-cast -Woverloaded-virtual -Wno-c23-extensions -Werror)
add_link_options(-fuse-ld=lld-19)
