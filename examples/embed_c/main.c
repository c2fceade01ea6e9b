/* How a C program embeds assay: the installed signatures, a bundle from a file and the same from memory. */
#include <assay/c_api.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int fail(char* error) {
  fprintf(stderr, "%s\n", error == NULL ? "no memory" : error);
  assay_text_free(error);
  return 2;
}

/* The content of a file, to be freed; NULL if it cannot be read. */
static char* read_file(const char* path, size_t* size) {
  FILE* file = fopen(path, "rb");
  char* bytes = NULL;
  long length = 0;
  if (file == NULL) return NULL;
  if (fseek(file, 0, SEEK_END) == 0 && (length = ftell(file)) > 0 && fseek(file, 0, SEEK_SET) == 0) {
    bytes = malloc((size_t)length);
    *size = bytes == NULL ? 0 : fread(bytes, 1, (size_t)length, file);
  }
  fclose(file);
  return bytes;
}

int main(int count, char** arguments) {
  assay_signatures* signatures = NULL;
  assay_options options = {0};
  char* error = NULL;
  char* report = NULL;
  char* same_report = NULL;
  char* bytes = NULL;
  size_t size = 0;

  if (count != 2) {
    fprintf(stderr, "usage: embed_c BUNDLE\n");
    return 2;
  }
  if (assay_signatures_load(SIGNATURES, &signatures, &error) != ASSAY_OK) return fail(error);
  if (assay_analyze_path(signatures, arguments[1], NULL, &report, &error) != ASSAY_OK) return fail(error);
  puts(report);

  bytes = read_file(arguments[1], &size);
  options.threads = 1; /* as a service with many requests does */
  options.seconds = 60;
  if (assay_analyze_bytes(signatures, arguments[1], bytes, size, &options, &same_report, &error) !=
      ASSAY_OK) {
    return fail(error);
  }
  fprintf(stderr, "assay %s: file and memory %s\n", assay_version(),
          strcmp(report, same_report) == 0 ? "agree" : "differ");

  free(bytes);
  assay_text_free(same_report);
  assay_text_free(report);
  assay_signatures_free(signatures);
  return 0;
}
