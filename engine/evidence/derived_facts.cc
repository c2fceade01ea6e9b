// Which settings mean which facts. Settings are compared without regard to case and blanks, because the XML
// and text forms part words differently.
#include "evidence/derived_facts.h"

#include <string>

#include "characters.h"
#include "evidence/words.h"
#include "text/cut.h"

namespace assay {
namespace {

using Source = SettingEvent::Source;

struct Derived {
  Source from;
  std::string_view path;  // lower case, without blanks
  std::string_view fact;
  std::string_view source;
};

constexpr Derived kDerived[] = {
    {Source::status, "systemunitproduct", "product.name", "SystemUnit Product in the status dump"},
    {Source::status, "systemunitsoftwareversion", "product.version",
     "SystemUnit Software Version in the status dump"},
    {Source::configuration, "ipdnshostname", "host.name", "IP DNS Hostname in the configuration dump"},
    {Source::configuration, "collaborationedgeenabled", "mra.enabled",
     "CollaborationEdge Enabled in the configuration dump"},
    {Source::configuration, "edgeconfigserververifyoriginserver", "mra.verify_origin_server",
     "EdgeConfigServer VerifyOriginServer in the configuration dump"},
    {Source::configuration, "ciphersucclienttlsciphersvalue", "ciphers.uc_client",
     "Ciphers UcClientTLSCiphers in the configuration dump"},
    {Source::configuration, "ciphersreverseproxytlsciphersvalue", "ciphers.reverse_proxy",
     "Ciphers ReverseProxyTLSCiphers in the configuration dump"},
    {Source::configuration, "cipherssiptlsciphersvalue", "ciphers.sip",
     "Ciphers SIPTLSCiphers in the configuration dump"},
    {Source::configuration, "ciphershttpsciphersvalue", "ciphers.https",
     "Ciphers HTTPSCiphers in the configuration dump"},
    {Source::configuration, "cipherssmtptlsciphersvalue", "ciphers.smtp",
     "Ciphers SMTPTLSCiphers in the configuration dump"},
    {Source::configuration, "ciphersxcptlsciphersvalue", "ciphers.xcp",
     "Ciphers XCPTLSCiphers in the configuration dump"},
};

std::string without_blanks(std::string_view path) {
  std::string compact;
  for (const char c : path) {
    if (!is_padding(c)) compact += lower(c);
  }
  return compact;
}

// "expressway-c" for "Cisco Expressway-C", empty for a product that is neither.
std::string_view role_of_product(std::string_view product) {
  const std::string name = without_blanks(product);
  if (name.find("expressway-c") != std::string::npos) return "expressway-c";
  if (name.find("expressway-e") != std::string::npos) return "expressway-e";
  return {};
}

}  // namespace

std::string_view fact_of_configuration(std::string_view path) {
  const std::string compact = without_blanks(path);
  for (const Derived& derived : kDerived) {
    if (derived.from == Source::configuration && derived.path == compact) return derived.fact;
  }
  return {};
}

void SettingFacts::add(const Setting& setting) {
  if (!family_told_) found("product.family", "expressway", "the form of the dump", setting, kRankDump);
  family_told_ = true;
  keep(setting);
  derive(setting);
}

void SettingFacts::keep(const Setting& setting) {
  const bool configuration = setting.source == Source::configuration;
  std::string name(configuration ? "configuration." : "status.");
  name.append(setting.path);
  if (!sink_.settings.contains(name)) return;
  if (kept_ == kMaxSettings || sink_.facts.size() >= kMaxFacts) {
    kept_all_ = false;
    return;
  }
  ++kept_;
  found(name, setting.value, configuration ? "the configuration dump" : "the status dump", setting,
        kRankDump);
}

void SettingFacts::derive(const Setting& setting) {
  if (setting.value.empty() || setting.path.size() > 200) return;
  const std::string path = without_blanks(setting.path);
  for (const Derived& derived : kDerived) {
    if (derived.from != setting.source || derived.path != path) continue;
    found(derived.fact, setting.value, derived.source, setting, kRankDump);
    if (derived.fact != "product.name") continue;
    const std::string_view role = role_of_product(setting.value);
    if (!role.empty()) found("product.role", role, derived.source, setting, kRankDump);
  }
  if (setting.source == Source::configuration && path.starts_with("zoneszone")) note_zone(setting);
}

// Remembers the first zone of each traversal type. A zone that carries Collaboration Edge counts like one
// whose type says so.
void SettingFacts::note_zone(const Setting& setting) {
  const std::string path = without_blanks(setting.path);
  const auto note = [&](Zones& zones) {
    if (!zones.seen) zones = {.seen = true, .first = setting};
  };
  const bool type = path.ends_with("type") && path.find_first_not_of("0123456789", 9) == path.size() - 4;
  if (type && equal_ignoring_case(setting.value, "TraversalServer")) note(traversal_servers_);
  if (type && equal_ignoring_case(setting.value, "TraversalClient")) note(traversal_clients_);
}

// A device with zones of both types may be either, or a middle one; then the zones tell nothing.
void SettingFacts::finish() {
  if (traversal_servers_.seen == traversal_clients_.seen) return;
  if (traversal_servers_.seen) {
    found("product.role", "expressway-e", "inferred: the configuration dump has a TraversalServer zone",
          traversal_servers_.first, kRankInferred);
  } else {
    found("product.role", "expressway-c", "inferred: the configuration dump has a TraversalClient zone",
          traversal_clients_.first, kRankInferred);
  }
}

void SettingFacts::found(std::string_view name, std::string_view value, std::string_view source,
                         const Setting& at, int rank) {
  sink_.facts.push_back({.member = sink_.member,
                         .name = std::string(name),
                         .value = std::string(cut_at(value, kMaxValue)),
                         .source = std::string(source),
                         .line = at.line,
                         .offset = at.offset,
                         .rank = rank});
}

}  // namespace assay
