/* assay for C, and for every language that can call C: signatures once, then a bundle in and the JSON report
 * out (docs/json.md).
 *
 * Texts are UTF-8 and end with a NUL. What a function gives back through a pointer belongs to the caller, who
 * frees it; on failure the result is NULL. No function throws, prints or exits. A set may be used by any
 * number of threads at once; it must not be freed while one uses it. */
#ifndef ASSAY_C_API_H
#define ASSAY_C_API_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct assay_signatures assay_signatures;

typedef enum assay_result {
  ASSAY_OK = 0,
  ASSAY_NO_SUCH_PATH = 1,       /* nothing is there */
  ASSAY_INVALID_SIGNATURES = 2, /* the error has every remark, one a line */
  ASSAY_INVALID_ARGUMENT = 3,   /* a NULL where none may be */
  ASSAY_FAILED = 4,             /* anything else, such as no memory */
  ASSAY_UNREADABLE = 5,         /* it is there, but cannot be opened: no permission, say */
  ASSAY_CANCELLED = 6           /* because assay_options.cancelled said so */
} assay_result;

/* How an analysis is to be done. What is 0 or NULL has its default, so `assay_options options = {0};` is a
 * beginning. It may grow with a minor version of assay, and so the name of the shared library has that. */
typedef struct assay_options {
  const char* language; /* of the texts, such as "en", "ja" or "it"; default: "en" */
  unsigned threads;     /* 1: all on the calling thread; default: 2 */
  uint32_t seconds;     /* for the whole analysis; default: 600 */
  uint64_t total_bytes; /* that may come out of all archives together; default: 64 GiB */
  int transactions;     /* other than 0: the report has every HTTP transaction, */
  int handshakes;       /* every TLS connection of the captures, */
  int certificates;     /* every certificate */
  /* Called on the calling thread, some times a second at most, with the member that is being read, and what
   * was read so far. */
  void (*progress)(void* context, const char* member, uint64_t members, uint64_t bytes);
  /* Asked now and then on any thread that works for this analysis; other than 0 ends it. */
  int (*cancelled)(void* context);
  void* context; /* handed to both */
} assay_options;

/* "0.1.0". Lives for ever. */
const char* assay_version(void);

/* Loads the signatures of a file or folder; of NULL, those that were installed with assay.
 * `*error` gets words for people, or NULL if all is well; `error` itself may be NULL. */
assay_result assay_signatures_load(const char* path, assay_signatures** signatures, char** error);
void assay_signatures_free(assay_signatures* signatures);

/* Analyses a file or folder. `*json` gets the report; damage in the bundle is part of it, and no failure. Of
 * `options` NULL all are the defaults, which are safe for bundles from strangers. */
assay_result assay_analyze_path(const assay_signatures* signatures, const char* path,
                                const assay_options* options, char** json, char** error);

/* The same for `size` bytes in memory, which the report calls `name`. `bytes` may be NULL if size is 0. */
assay_result assay_analyze_bytes(const assay_signatures* signatures, const char* name, const void* bytes,
                                 size_t size, const assay_options* options, char** json, char** error);

/* Frees a report or an error. NULL is allowed. */
void assay_text_free(char* text);

#ifdef __cplusplus
}
#endif

#endif
