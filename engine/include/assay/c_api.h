/* assay for C, and for every language that can call C: signatures once, then a bundle in and the JSON report
 * out (docs/json.md).
 *
 * Texts are UTF-8 and end with a NUL. What a function gives back through a pointer belongs to the caller, who
 * frees it; on failure the result is NULL. No function throws, prints or exits. A set may be used by any
 * number of threads at once; it must not be freed while one uses it. */
#ifndef ASSAY_C_API_H
#define ASSAY_C_API_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct assay_signatures assay_signatures;

typedef enum assay_outcome {
  ASSAY_OK = 0,
  ASSAY_NO_SUCH_PATH = 1,       /* nothing is there */
  ASSAY_INVALID_SIGNATURES = 2, /* the error has every remark, one a line */
  ASSAY_INVALID_ARGUMENT = 3,   /* a NULL where none may be */
  ASSAY_FAILED = 4,             /* anything else, such as no memory */
  ASSAY_UNREADABLE = 5          /* it is there, but cannot be opened: no permission, say */
} assay_outcome;

/* "0.1.0". Lives for ever. */
const char* assay_version(void);

/* Loads the signatures of a file or folder; of NULL, those that were installed with assay.
 * `*error` gets words for people, or NULL if all is well; `error` itself may be NULL. */
assay_outcome assay_signatures_load(const char* path, assay_signatures** signatures, char** error);
void assay_signatures_free(assay_signatures* signatures);

/* Analyses a file or folder, with the limits that protect against bundles from strangers. `*json` gets the
 * report; damage in the bundle is part of it, and no failure. `language` is that of the texts, such as "en",
 * "ja" or "it"; NULL is "en". */
assay_outcome assay_analyze_path(const assay_signatures* signatures, const char* path, const char* language,
                                 char** json, char** error);

/* The same for `size` bytes in memory, which the report calls `name`. `bytes` may be NULL if size is 0. */
assay_outcome assay_analyze_bytes(const assay_signatures* signatures, const char* name, const void* bytes,
                                  size_t size, const char* language, char** json, char** error);

/* Frees a report or an error. NULL is allowed. */
void assay_text_free(char* text);

#ifdef __cplusplus
}
#endif

#endif
