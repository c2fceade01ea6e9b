# What only developers build with: warnings as errors, sanitizers. And what keeps g++ quiet for everybody.
add_library(assay_developer INTERFACE)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # On without being asked for: g++ 12 sees a free() in the middle of a string where it inlines much, and takes what a
  # unity source includes for headers, in which a type of a source's own would be a mistake.
  target_compile_options(assay_developer INTERFACE -Wno-free-nonheap-object -Wno-subobject-linkage)
endif()
if(ASSAY_DEVELOPER)
  target_compile_options(assay_developer INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Wold-style-cast -Wno-overlength-strings -Werror)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # g++ 12 sees these where there are none, in inlined strings and variants; clang's analysis finds the real ones.
    target_compile_options(assay_developer INTERFACE -Wno-maybe-uninitialized -Wno-restrict -Wno-stringop-overread)
  endif()
  if(ASSAY_SANITIZER STREQUAL "address")
    target_compile_options(assay_developer INTERFACE
      -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(assay_developer INTERFACE -fsanitize=address,undefined)
  elseif(ASSAY_SANITIZER STREQUAL "thread")
    target_compile_options(assay_developer INTERFACE -fsanitize=thread -fno-omit-frame-pointer)
    target_link_options(assay_developer INTERFACE -fsanitize=thread)
  elseif(ASSAY_SANITIZER STREQUAL "fuzzer")
    target_compile_options(assay_developer INTERFACE
      -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(assay_developer INTERFACE -fsanitize=address,undefined)
  elseif(ASSAY_SANITIZER)
    message(FATAL_ERROR "ASSAY_SANITIZER is '${ASSAY_SANITIZER}'; it can be address, thread, fuzzer or empty")
  endif()
endif()
