// Signatures that the tests of this folder start from.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace assay {

// As small as one can be, without a remark from the loader.
inline constexpr std::string_view kSmallest = R"(id: TEST-1
title: A test
kind: defect
severity: high
observe:
  untrusted:
    log: {message: 'certificate of (?P<target>\S+) is not trusted'}
conclude:
  - {status: issue, when: untrusted, group_by: target}
text:
  description: '{{all.target}} is not trusted'
)";

// Everything that the language has, without a remark from the loader or from lint.
inline constexpr std::string_view kWhole = R"(id: CSCaa00001
title: {en: Certificates are verified, ja: Verification, it: Verifica}
kind: defect
severity: high
status: stable
also_known_as: [CSCaa00002]
references: ['https://example.com/field-notice']
scope: node
hidden_by: [CSCaa00003]
applies:
  all:
    - {fact: product.role, is: expressway-c}
    - {fact: product.version, at_least: X14.2, below: X15}
    - not: {fact: configuration.EdgeConfigServer.VerifyOriginServer, is: On}
needs: [log.traffic_server, configuration, {fact: product.version}]
observe:
  untrusted:
    log:
      process: traffic_server
      message: 'verification failed for \((?P<target>[^)]+)\)\. Error=(?P<error>.+) depth=(?P<depth>\d+)'
      not: {message: 'Action=Continue'}
  refused:
    log:
      process: {one_of: [traffic_server, ats]}
      any:
        - message: 'SSL connection failed for ''(?P<server>[^'']+)'''
        - {pair.Detail: {contains: 'handshake failed'}, pid: {above: 0}}
  served:
    http: {status: [200, 304], complete: true, diagnostic: {every: {not: {contains: WARNING}}}}
    capture: {host: target.host, port: http.target.port}
  off:
    setting: {path: {is: EdgeConfigServer VerifyOriginServer}, value: {is: Off}}
correlate:
  failed: {sequence: [untrusted, refused], same: {peer: {untrusted: target, refused: server}}, within: 5s}
  often: {count: untrusted, at_least: 3, same: target, within: 1m}
  many: {distinct: untrusted, of: target, at_least: 2}
  both: {together: [refused, untrusted]}
  unserved: {absent: served, after: untrusted, same: [{name: {served: host, untrusted: target}}], within: 30s}
conclude:
  - {status: issue, when: {all: [failed, often, {not: many}]}, group_by: [target]}
  - {status: issue, when: {any: [both, unserved]}, group_by: target}
  - {status: potential_problem, when: {observed: served, field: port, at_least: 8000}, group_by: host}
  - {status: potential_problem, when: off}
text:
  description:
    en: 'Not trusted: {{#groups}}{{target}} ({{error}}, {{count}} times){{#more}}, {{/more}}{{/groups}} on {{node}}'
    ja: '{{all.target}}'
    it: '{{fact.product.version}}'
  condition: {en: From X14.2 on, ja: X14.2, it: Da X14.2}
  further_information: {en: More, ja: More, it: Altro}
  actions:
    - when: {observed: untrusted, field: depth, is: 0}
      text: {en: Replace it, ja: Replace, it: Sostituire}
    - {en: Read the notice, ja: Read, it: Leggere}
  snippet: {of: [untrusted, refused], keep: latest, per_group: 1}
tests:
  - name: fires
    log: |
      2022-07-11T18:55:25.910+02:00 vcsc traffic_server[18242]: [ET_NET 0] WARNING: a
    files: {xconf_dump_test.txt: '*c xConfiguration EdgeConfigServer VerifyOriginServer: "Off"'}
    facts: {product.role: expressway-c, product.version: X14.2}
    expect: {status: issue, groups: [{target: cucm.example.com, depth: 0}], actions: Replace, description: [trusted]}
  - name: is silent
    expect: {status: missing_information, missing: [log.traffic_server, product.version]}
)";

// `text` with the first `from` replaced; fails the test if there is none.
std::string with(std::string_view text, std::string_view from, std::string_view to);

// kSmallest and kWhole, and each with one line left out, or with one value or key damaged.
std::vector<std::string> texts_with_one_change();

}  // namespace assay
