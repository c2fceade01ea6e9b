// Certificates into a folder, one PEM file each.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "assay/tls.h"

namespace assay {

struct Exported {
  std::size_t written = 0;
  std::size_t already_there = 0;  // with the same content
  std::size_t unreadable = 0;     // left out
};

// Throws Error if `folder` is there and is no folder. What can be known before an analysis of minutes.
void check_folder(const std::string& folder);

// Makes the folder if it is not there. Throws Error, before anything is written, if a file of one of the
// names is there with other content and `force` is not given. Follows no link inside the folder.
Exported export_certificates(const std::string& folder, const std::vector<CertificatePointer>& certificates,
                             bool force);

// A file name for each: "cucm.example.com-9f86d081884c7d65.pem". Of letters, digits, '.', '-' and '_' only,
// and no two are alike, whatever the certificates say.
std::vector<std::string> file_names(const std::vector<CertificatePointer>& certificates);

}  // namespace assay
