// Every mistake that loading refuses: where it is, what it is, and what was perhaps meant.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "signature/load.h"
#include "signature_texts.h"

namespace assay {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;

std::string remarks_on(std::string_view text) {
  std::string all;
  for (const Diagnostic& diagnostic : load_signature(text, "x.yaml").diagnostics) {
    all += std::to_string(diagnostic.line) + ":" + std::to_string(diagnostic.column) + " " +
           diagnostic.message + " [" + diagnostic.code + "]\n";
  }
  return all;
}

// kWhole with one place changed, and the remarks that this brings.
struct Mistake {
  std::string_view from;
  std::string_view to;
  std::string_view remarks;
};

constexpr Mistake kShape[] = {
    {"severity: high", "severity: hgih",
     "4:11 severity cannot be 'hgih'; did you mean 'high'? [unknown-value]\n"},
    {"severity: high", "severity: urgent",
     "4:11 severity cannot be 'urgent'; it can be critical, high, medium, low or information "
     "[unknown-value]\n"},
    {"{en: Certificates are verified", "{en: ' '",
     "2:13 en is ' ', which is not text with words in it [invalid-value]\n"},
    {"severity: high\n", "", "1:1 a signature needs the key 'severity' [missing-key]\n"},
    {"severity: high", "severity: [high]", "4:11 severity has to be text, not a list [wrong-type]\n"},
    {"observe:", "obsreve:",
     "1:1 a signature needs the key 'observe' [missing-key]\n"
     "16:1 a signature has no key 'obsreve'; did you mean 'observe'? [unknown-key]\n"},
    {"kind: defect", "kind: defect\nkind: network",
     "4:1 the key 'kind' stands here again; the first one is in line 3 [duplicate-key]\n"},
    {"id: CSCaa00001", "id: 69661",
     "1:5 id has to be text, not a whole number; put it between quotes [wrong-type]\n"},
    {"id: CSCaa00001", "id: 'CSC aa'",
     "1:5 id is 'CSC aa', which is not an id of letters, digits, '.', '_' and '-' that begins with a letter "
     "or digit (at most 64) [invalid-value]\n"},
    {"id: CSCaa00001", "id:", "1:4 id has no value; it has to be text [wrong-type]\n"},
    {"https://example.com/field-notice", "example.com",
     "7:14 an entry of references is 'example.com', which is not an http or https address [invalid-value]\n"},
    {"title: {en: Certificates are verified,", "title: {", "2:8 title needs the key 'en' [missing-key]\n"},
    {"ja: Verification", "japanese: Verification",
     "2:40 the key is 'japanese', which is not a language like en, ja or pt-BR [invalid-value]\n"},
    {"  untrusted:\n", "  Untrusted:\n",
     "17:3 the key is 'Untrusted', which is not a name of lower-case letters, digits and '_' that begins "
     "with a letter [invalid-value]\n"
     "34:23 there is no observation 'untrusted'; did you mean 'Untrusted'? [unknown-observation]\n"
     "35:18 there is no observation 'untrusted'; did you mean 'Untrusted'? [unknown-observation]\n"
     "36:20 there is no observation 'untrusted'; did you mean 'Untrusted'? [unknown-observation]\n"
     "37:30 there is no observation 'untrusted'; did you mean 'Untrusted'? [unknown-observation]\n"
     "38:37 there is no observation 'untrusted'; did you mean 'Untrusted'? [unknown-observation]\n"
     "52:24 there is no observation 'untrusted'; did you mean 'Untrusted'? [unknown-observation]\n"
     "55:18 there is no observation 'untrusted'; did you mean 'Untrusted'? [unknown-observation]\n"},
    {"conclude:\n", "conclude: []\nx:\n",
     "39:11 conclude needs at least one entry [too-few]\n"
     "40:1 a signature has no key 'x' [unknown-key]\n"},
    {"{status: issue, when: {all", "{status: no_issue, when: {all",
     "40:14 status cannot be 'no_issue'; it can be issue or potential_problem [unknown-value]\n"},
    {"at_least: 3,", "at_least: 0,",
     "35:39 at_least is '0', which is not a whole number from 1 on [invalid-value]\n"},
    {"within: 5s", "within: 5 seconds",
     "34:104 within is '5 seconds', which is not a duration like 500ms, 5s, 2m, 1h or 1d [invalid-value]\n"},
    {"within: 5s", "within: 5",
     "34:104 within is '5', which is not a duration like 500ms, 5s, 2m, 1h or 1d [invalid-value]\n"},
    {"{sequence: [untrusted, refused]", "{sequence: [untrusted]",
     "34:22 sequence needs at least 2 entries [too-few]\n"
     "34:68 'failed' does not correlate an observation 'refused'; it can be untrusted "
     "[unknown-observation]\n"},
    {"{count: untrusted, at_least: 3", "{count: untrusted, at_last: 3",
     "35:10 often needs the key 'at_least' [missing-key]\n"
     "35:29 often has no key 'at_last'; did you mean 'at_least'? [unknown-key]\n"},
    {"{count: untrusted, at_least: 3", "{cuont: untrusted, at_least: 3",
     "35:10 often needs one of the keys count, distinct, sequence, together, absent; 'cuont' is perhaps "
     "meant to be 'count' [missing-key]\n"},
    {"{count: untrusted, at_least: 3", "{count: untrusted, of: target, at_least: 3",
     "35:29 often has no key 'of'; it can be count, at_least, same or within [unknown-key]\n"},
    {"expect: {status: issue,", "expect: {", "62:13 expect needs the key 'status' [missing-key]\n"},
    {"expect: {status: issue,", "expect: {status: error,",
     "62:22 status cannot be 'error'; it can be issue, potential_problem, no_issue, not_applicable or "
     "missing_information [unknown-value]\n"},
    {"keep: latest", "keep: newest",
     "55:45 keep cannot be 'newest'; it can be latest, earliest or all [unknown-value]\n"},
    {"complete: true", "complete: {exists: yes}",
     "29:51 exists has to be true or false, not text [wrong-type]\n"},
    {"- not: {fact: configuration", "- {observed: off}\n    - not: {fact: configuration",
     "14:8 an entry of all has no key 'observed'; it can be any, all, not or fact [unknown-key]\n"},
};

constexpr Mistake kNames[] = {
    {"{path: {is", "{paht: {is", "32:15 setting has no field 'paht'; did you mean 'path'? [unknown-field]\n"},
    {"      process: traffic_server\n", "      proces: traffic_server\n",
     "19:7 log has no field 'proces'; did you mean 'process'? [unknown-field]\n"},
    {"      process: traffic_server\n", "      sip_response_class: x\n",
     "19:7 log has no field 'sip_response_class' [unknown-field]\n"},
    {"port: http.target.port", "port: http.target.prot",
     "30:40 there is no field 'http.target.prot'; did you mean 'http.target.port'? [unknown-field]\n"},
    {"{fact: product.role", "{fact: product.rôle",
     "12:14 there is no fact 'product.r\xC3\xB4le'; did you mean 'product.role'? [unknown-fact]\n"},
    {"{fact: product.role", "{fact: role",
     "12:14 there is no fact 'role'; it can be product.name, product.family, product.role, product.version, "
     "host.name, mra.enabled, mra.verify_origin_server, ciphers.uc_client, ciphers.reverse_proxy, "
     "ciphers.sip, "
     "ciphers.https, ciphers.smtp or ciphers.xcp [unknown-fact]\n"},
    {"needs: [log.traffic_server, configuration", "needs: [log.traffic_server, confguration",
     "15:29 there is no evidence 'confguration'; did you mean 'configuration'? [unknown-evidence]\n"},
    {"[untrusted, refused], same", "[untrusted, refsued], same",
     "34:34 there is no observation 'refsued'; did you mean 'refused'? [unknown-observation]\n"},
    {"when: off}", "when: often_}",
     "43:39 there is no observation 'often_'; did you mean 'often'? [unknown-observation]\n"},
    {"when: off}", "when: {observed: failed}}",
     "43:50 'failed' is a correlation; here an observation is needed [unknown-observation]\n"},
    {"{peer: {untrusted: target, refused: server}}", "target",
     "34:50 the observation 'refused' has no capture 'target'; it can be server [unknown-capture]\n"},
    {"{peer: {untrusted: target, refused: server}}", "{peer: {untrusted: target, refused: sever}}",
     "34:86 the observation 'refused' has no capture 'sever'; did you mean 'server'? [unknown-capture]\n"},
    {"{peer: {untrusted: target, refused: server}}", "{peer: {untrusted: target, refusd: server}}",
     "34:77 'failed' does not correlate an observation 'refusd'; did you mean 'refused'? "
     "[unknown-observation]\n"},
    {"{peer: {untrusted: target, refused: server}}",
     "[{x: {untrusted: target, refused: server}}, {x: {untrusted: target, refused: server}}]",
     "34:95 the key 'x' stands in 'same' already [duplicate-name]\n"},
    {"of: target, at_least: 2", "of: taget, at_least: 2",
     "36:35 the observation 'untrusted' has no capture 'taget'; did you mean 'target'? [unknown-capture]\n"},
    {"group_by: [target]", "group_by: [host]",
     "40:75 no observation that 'when' asks for has a capture 'host'; it can be target, error, depth or "
     "server [unknown-capture]\n"},
    {"group_by: [target]", "group_by: [targt]",
     "40:75 no observation that 'when' asks for has a capture 'targt'; did you mean 'target'? "
     "[unknown-capture]\n"},
    {"field: depth, is: 0", "field: dpeth, is: 0",
     "52:42 the observation 'untrusted' has no capture 'dpeth'; did you mean 'depth'? [unknown-capture]\n"},
    {"  often: {count", "  refused: {count",
     "35:3 'refused' is an observation already, in line 22 [duplicate-name]\n"
     "40:42 there is no observation 'often'; it can be failed, refused, many, both, unserved, untrusted, "
     "served or off [unknown-observation]\n"},
    {"snippet: {of: [untrusted, refused]", "snippet: {of: [untrusted, refusd]",
     "55:29 there is no observation 'refusd'; did you mean 'refused'? [unknown-observation]\n"},
    {"groups: [{target: cucm", "groups: [{tagret: cucm",
     "62:39 no observation has a capture 'tagret'; did you mean 'target'? [unknown-capture]\n"},
    {"missing: [log.traffic_server, product.version]", "missing: [log.traffic_server, product.versoin]",
     "64:73 there is no evidence or fact 'product.versoin'; did you mean 'product.version'? "
     "[unknown-evidence]\n"},
    {"capture: {host: target.host", "capture: {count: target.host",
     "28:3 texts use 'count' for something else; name the capture otherwise [reserved-name]\n"
     "38:71 the observation 'served' has no capture 'host'; it can be count or port [unknown-capture]\n"},
    {"(?P<error>.+)", "(?P<Error>.+)",
     "17:3 the capture 'Error' is not a name of lower-case letters, digits and '_' that begins with a letter "
     "[invalid-value]\n"},
    {"- name: is silent", "- name: fires",
     "63:5 the test in line 57 is called 'fires' too [duplicate-name]\n"},
    {"hidden_by: [CSCaa00003]", "hidden_by: [CSCaa00001]",
     "9:13 'CSCaa00001' cannot be hidden by itself [hidden-by-itself]\n"},
};

constexpr Mistake kValues[] = {
    {"product.role, is: expressway-c", "product.role, is: core",
     "12:32 the fact product.role cannot be 'core'; it can be expressway-c or expressway-e "
     "[unknown-value]\n"},
    {"{path: {is", "{source: [status, configuraton], path: {is",
     "32:32 setting.source cannot be 'configuraton'; did you mean 'configuration'? [unknown-value]\n"},
    {"depth=(?P<depth>\\d+)'", "depth=(?P<depth>\\d+'",
     "20:16 the pattern of log.message cannot be read: missing ): 'verification failed for "
     "\\((?P<target>[^)]+)\\)\\. Error=(?P<error>.+) depth=(?P<depth>\\d+' [pattern-syntax]\n"},
    {"depth=(?P<depth>\\d+)'", "depth=(?<depth>\\d+)'",
     "20:16 the pattern of log.message cannot be read: invalid perl operator: '(?<'; a group with a name is "
     "written (?P<name>...) [pattern-syntax]\n"},
    {"depth=(?P<depth>\\d+)'", "depth=(?P<depth>\\d+)|(?P<target>x)'",
     "20:16 the pattern of log.message cannot be read: two groups have this name, and only one of them would "
     "be captured; write one group around both, or give them names of their own: 'target' "
     "[pattern-syntax]\n"},
    {"depth=(?P<depth>\\d+)'", "(?<=depth=)(?P<depth>\\d+)'",
     "20:16 the pattern of log.message cannot be read: invalid perl operator: '(?<'; patterns cannot look "
     "ahead "
     "or behind [pattern-syntax]\n"},
    {"depth=(?P<depth>\\d+)'", "depth=(?P<depth>\\d+)\\1'",
     "20:16 the pattern of log.message cannot be read: invalid escape sequence: '\\1'; patterns cannot refer "
     "back to a group [pattern-syntax]\n"},
    {"depth=(?P<depth>\\d+)'", "depth=(?P<depth>\\d+){2001}'",
     "20:16 the pattern of log.message cannot be read: invalid repetition size: '{2001}' [pattern-syntax]\n"},
    {"not: {message: 'Action=Continue'}", "not: {message: 'Action=(?P<action>Continue)'}",
     "21:22 the group 'action' captures nothing here; only patterns of 'observe' capture, and not below "
     "'not'. Write (?:...) [useless-capture]\n"},
    {"{fact: product.role, is: expressway-c}", "{fact: product.role, matches: 'expressway-(?P<side>.)'}",
     "12:37 the group 'side' captures nothing here; only patterns of 'observe' capture, and not below 'not'. "
     "Write (?:...) [useless-capture]\n"},
    {"at_least: X14.2, below: X15", "at_least: latest, below: X15",
     "13:41 the fact product.version is compared with 'latest', which is not a version like X14.0.7 "
     "[invalid-value]\n"},
    {"pid: {above: 0}", "pid: {above: many}",
     "27:70 log.pid is compared with 'many', which is not a number [invalid-value]\n"},
    {"pid: {above: 0}", "pid: {matches: '1.*'}",
     "27:72 'matches' is for text; log.pid is a number [wrong-operator]\n"},
    {"pid: {above: 0}", "pid: {contains: 1}",
     "27:73 'contains' is for text; log.pid is a number [wrong-operator]\n"},
    {"pid: {above: 0}", "pid: {above: [0]}",
     "27:70 above has to be a plain value, not a list [wrong-type]\n"},
    {"pid: {above: 0}", "pid: {}", "27:62 pid needs at least one entry [too-few]\n"},
    {"complete: true", "complete: {above: true}",
     "29:50 'above' cannot be asked of http.complete, which is true or false [wrong-operator]\n"},
    {"complete: true", "complete: maybe",
     "29:42 http.complete is compared with 'maybe', which is not true or false [invalid-value]\n"},
    {"{every: {not: {contains: WARNING}}}", "{every: {any: WARNING}}",
     "29:69 'any' within 'every' or 'any' says nothing more [wrong-operator]\n"},
    {"{every: {not: {contains: WARNING}}}", "{every: {not: {contains: WARNING, matches: x}}}",
     "29:69 below 'every' and 'any', 'not' takes one operator; put 'not' around them, or write two tests "
     "[wrong-operator]\n"},
    {"path: {is: EdgeConfigServer VerifyOriginServer}", "path: ''",
     "32:21 an empty pattern is found in every setting.path; to ask that it is there, write exists: true "
     "[invalid-value]\n"},
    {"path: {is: EdgeConfigServer VerifyOriginServer}", "path: ~",
     "32:21 path has no value; it has to be a plain value or a list or a map [wrong-type]\n"},
    {"value: {is: Off}", "value: {is: ''}",
     "32:76 setting.value is never empty; to ask that it is not there, write exists: false "
     "[invalid-value]\n"},
    {"is: expressway-c", "is_: expressway-c",
     "12:28 an entry of all has no key 'is_'; did you mean 'is'? [unknown-key]\n"},
    {"{fact: product.role, is: expressway-c}", "{fact: product.role}",
     "12:7 'fact' alone says nothing; add what is asked of it: matches, is, one_of, contains or another "
     "operator [missing-key]\n"},
    {"field: port, at_least: 8000", "field: port",
     "42:39 what is asked of the capture 'port'? Add an operator, such as 'is' or 'exists' [missing-key]\n"},
    {"field: port, at_least: 8000", "at_least: 8000",
     "42:39 'observed' needs the key 'field' to say which capture of 'served' is tested [missing-key]\n"},
    {"field: port, at_least: 8000", "field: port, at_least: high",
     "42:81 the capture port is compared with 'high', which is not a number [invalid-value]\n"},
    {"after: untrusted, same", "after: untrusted, before: untrusted, same",
     "38:13 'absent' takes 'after' or 'before', not both [missing-key]\n"},
    {"after: untrusted, same", "same",
     "38:13 'absent' needs 'after' or 'before', with the observation that it is looked for around "
     "[missing-key]\n"},
    {"within: 30s", "within: 9999d",
     "38:107 a window of 9999d is longer than ten years; leave 'within' out [impossible-window]\n"},
    {"both: {together: [refused, untrusted]}", "both: {together: [off, untrusted], within: 5s}",
     "37:46 the observation 'off' is of settings, which have no time; leave 'within' out "
     "[impossible-window]\n"},
    {"    capture: {host", "    log: {message: x}\n    capture: {host",
     "30:5 an observation is of one kind of event; 'served' has http already [wrong-type]\n"},
    {"    capture: {host", "    mesage: x\n    capture: {host",
     "30:5 served has no key 'mesage'; it can be capture, each, http, log, setting, certificate or tls "
     "[unknown-key]\n"},
    {"    setting: {path", "    capture: {path",
     "31:3 'off' does not say what it observes: log, http, setting, tls or certificate [missing-key]\n"
     "32:21 path has to be text, not a map [wrong-type]\n"
     "32:71 value has to be text, not a map [wrong-type]\n"},
    {"product.version: X14.2}", "product.version: newest}",
     "61:58 product.version is 'newest', which is not a version like X14.0.7 [invalid-value]\n"},
    {"Not trusted: {{#groups}}",
     "Not trusted: ", "46:9 '{{/groups}}' closes a section that is not open [template-syntax]\n"},
    {"title: {en: Certificates", "title: {en: '{{target}}', x: Certificates",
     "2:8 the title is shown where there is no finding, so it cannot have '{{target}}' [template-syntax]\n"
     "2:27 the key is 'x', which is not a language like en, ja or pt-BR [invalid-value]\n"},
};

constexpr Mistake kYaml[] = {
    {"condition: {en: From X14.2 on,", "condition: {en: From {{first}} on,",
     "49:24 did not find expected ',' or '}'; put text with {{...}} between quotes [yaml-syntax]\n"},
    {"kind: defect", "kind: 'defect",
     "7:15 did not find expected key, while parsing a block mapping that began in line 1; begin the keys of "
     "one "
     "map in the same column, and write a single quote between single quotes twice [yaml-syntax]\n"},
    {"kind: defect", "kind: [defect",
     "4:9 did not find expected ',' or ']', while parsing a flow sequence that began in line 3 "
     "[yaml-syntax]\n"},
    {"kind: defect", "kind: @defect",
     "3:7 a value cannot begin with '@'; put it between quotes [yaml-syntax]\n"},
    {"kind: defect", "\tkind: defect", "3:1 a tab; YAML is indented by blanks [yaml-syntax]\n"},
    {"kind: defect", " kind: defect",
     "3:2 did not find expected key, while parsing a block mapping that began in line 1; begin the keys of "
     "one "
     "map in the same column, and write a single quote between single quotes twice [yaml-syntax]\n"},
    {"kind: defect", "kind: &k defect",
     "3:7 the anchor '&k'; signatures have none: write it out [yaml-alias]\n"},
    {"kind: defect", "kind: *k", "3:7 the alias '*k'; signatures have none: write it out [yaml-alias]\n"},
    {"kind: defect", "kind: !!str defect",
     "3:7 the tag 'tag:yaml.org,2002:str'; signatures have none: leave it out [yaml-tag]\n"},
    {"kind: defect", "<<: {kind: defect}",
     "1:1 a signature needs the key 'kind' [missing-key]\n"
     "3:1 a signature has no key '<<' [unknown-key]\n"},
    {"kind: defect", "[kind]: defect",
     "1:1 a signature needs the key 'kind' [missing-key]\n"
     "3:1 a key has to be text [wrong-type]\n"
     "3:1 a signature has no key '' [unknown-key]\n"},
    {"kind: defect", "kind: \xff", "3:7 the byte 0xff is no UTF-8; save the file as UTF-8 [not-utf8]\n"},
    {"kind: defect", "kind: \xed\xa0\x80",
     "3:7 the byte 0xed is no UTF-8; save the file as UTF-8 [not-utf8]\n"},
    {"kind: defect", "kind: \x04",
     "3:7 the control character 0x04; write it as \"\\x04\" between double quotes [yaml-syntax]\n"},
    {"kind: defect", "---\nkind: defect",
     "3:1 a second document begins here; a file holds one signature [several-documents]\n"},
    {"ja: Verification", "ja: \xe6\xa4\x9c\xe8\xa8\xbc, xx yy: \x01",
     "2:59 the control character 0x01; write it as \"\\x01\" between double quotes [yaml-syntax]\n"},
};

void expect_remarks(std::span<const Mistake> mistakes) {
  for (const Mistake& mistake : mistakes) {
    const std::string text = with(kWhole, mistake.from, mistake.to);
    EXPECT_EQ(remarks_on(text), mistake.remarks) << "with " << mistake.to << " for " << mistake.from;
    EXPECT_FALSE(load_signature(text, "").signature);
  }
}

TEST(LoadErrors, OfShape) {
  expect_remarks(kShape);
}
TEST(LoadErrors, OfNames) {
  expect_remarks(kNames);
}
TEST(LoadErrors, OfValues) {
  expect_remarks(kValues);
}
TEST(LoadErrors, OfYaml) {
  expect_remarks(kYaml);
}

TEST(LoadErrors, ComeAllAtOnce) {
  std::string text = with(kSmallest, "severity: high", "severity: hgih");
  text = with(text, "when: untrusted", "when: untrsuted");
  text = with(text, "message: 'certificate", "message: '(certificate");
  EXPECT_EQ(remarks_on(text),
            "4:11 severity cannot be 'hgih'; did you mean 'high'? [unknown-value]\n"
            "7:20 the pattern of log.message cannot be read: missing ): '(certificate of (?P<target>\\S+) is "
            "not trusted' [pattern-syntax]\n"
            "9:27 there is no observation 'untrsuted'; did you mean 'untrusted'? [unknown-observation]\n");
}

TEST(LoadErrors, OfTheFileAsAWhole) {
  EXPECT_EQ(remarks_on(""), "0:0 the file is empty; it has to hold one signature [empty-file]\n");
  EXPECT_EQ(remarks_on("# nothing yet\n"),
            "0:0 the file is empty; it has to hold one signature [empty-file]\n");
  EXPECT_EQ(remarks_on("just words"), "1:1 a signature has to be a map, not text [wrong-type]\n");
  EXPECT_EQ(remarks_on("- a\n- b\n"), "1:1 a signature has to be a map, not a list [wrong-type]\n");
  EXPECT_EQ(remarks_on(std::string(kSmallest) + "---\nid: TEST-2\n"),
            "12:1 a second document begins here; a file holds one signature [several-documents]\n");
  EXPECT_EQ(remarks_on(std::string(2'000'000, ' ')),
            "0:0 the file has 2000000 bytes; a signature may have 1048576 [too-large]\n");
  EXPECT_EQ(remarks_on("a: " + std::string(100, '[')),
            "1:44 more than 40 levels within one another [too-deep]\n");
}

// ---- Files that were made to take long ----
// Each check would take from seconds to hours on these if it were not bounded.

std::string repeated(int count, const std::function<std::string(int)>& part) {
  std::string all;
  for (int i = 0; i < count; ++i) all += part(i);
  return all;
}

std::string number(int i) {
  return std::to_string(i);
}

// kSmallest with other observations, correlations or conclusions.
std::string with_observations(const std::string& observations) {
  return with(kSmallest, "observe:\n", "observe:\n" + observations);
}

TEST(LoadErrors, OfTooManyValues) {
  const auto observation = [](int i) { return "  o" + number(i) + ": {log: {message: word}}\n"; };
  EXPECT_THAT(remarks_on(with_observations(repeated(20'000, observation))),
              EndsWith("a signature may have 10000 keys and values; here is the next one [too-large]\n"));
  EXPECT_THAT(remarks_on(with_observations(repeated(300, observation))),
              HasSubstr("6:3 observe has 301 entries; it may have 256 [too-many]\n"));

  const std::string one_line = "[" + repeated(300'000, [](int) { return "a,"; }) + "a]";
  EXPECT_EQ(remarks_on(one_line),
            "1:20000 a signature may have 10000 keys and values; here is the next one [too-large]\n");

  const auto conclusion = [](int) { return "  - {status: issue, when: untrusted, group_by: target}\n"; };
  EXPECT_THAT(remarks_on(with(kSmallest, "conclude:\n", "conclude:\n" + repeated(256, conclusion))),
              HasSubstr("conclude has 257 entries; it may have 256 [too-many]\n"));
  const auto pattern = [](int i) { return "{message: w" + number(i) + "}, "; };
  EXPECT_THAT(remarks_on(with_observations("  o: {log: {any: [" + repeated(300, pattern) + "]}}\n")),
              HasSubstr("6:18 any has 300 entries; it may have 256 [too-many]\n"));
}

TEST(LoadErrors, OfTooManyCaptures) {
  const auto capture = [](int i) { return "c" + number(i) + ": message, "; };
  EXPECT_THAT(remarks_on(with_observations("  o: {log: {message: word}, capture: {" + repeated(100, capture) +
                                           "}}\n")),
              HasSubstr("6:3 'o' captures more than 64 values; capture only what is used [too-many]\n"));
}

TEST(LoadErrors, OfPatternsThatAreTooLargeTogether) {
  const auto large = [](int i) { return "{message: 'x(\\pL{99}){9}" + number(i) + "'}, "; };
  const std::string remarks =
      remarks_on(with_observations("  o: {log: {any: [" + repeated(200, large) + "]}}\n"));
  EXPECT_THAT(remarks, HasSubstr("the pattern of log.message cannot be read: pattern too large"));
  EXPECT_THAT(remarks,
              HasSubstr("the patterns before this one are larger than all patterns of a signature may "
                        "be together; write it and them with fewer repetitions and alternatives "
                        "[patterns-too-large]\n"));
}

TEST(LoadErrors, OfTestsThatAllHaveOneName) {
  const auto test = [](int) { return "  - {name: a, log: b, expect: {status: issue}}\n"; };
  const std::vector<Diagnostic> diagnostics =
      load_signature(std::string(kSmallest) + "tests:\n" + repeated(256, test), "x.yaml").diagnostics;
  EXPECT_EQ(diagnostics.back().message, "and 155 more; mend these first");
}

// Two conditions of this depth can be held against each other in billions of ways.
TEST(LoadErrors, NoneOfConditionsThatCouldBeComparedForEver) {
  std::string any = "a";
  std::string all = "c";
  for (int depth = 0; depth < 17; ++depth) {
    any = "{any: [" + any + ", b]}";
    all = "{all: [" + all + ", untrusted]}";
  }
  std::string text = with_observations(
      "  a: {log: {message: abc}}\n  b: {log: {message: bcd}}\n"
      "  c: {log: {message: cde}}\n");
  text = with(
      text, "conclude:\n",
      "conclude:\n  - {status: issue, when: " + any + "}\n" + "  - {status: issue, when: " + all + "}\n");
  const LoadedSignature loaded = load_signature(text, "x.yaml");
  ASSERT_TRUE(loaded.signature) << remarks_on(text);
  for (const Diagnostic& remark : lint_signature(*loaded.signature)) {
    EXPECT_NE(remark.code, "shadowed-conclusion");
  }
}

TEST(LoadErrors, AFileThatIsWrongAllOverGetsTheFirstHundred) {
  std::string text(kSmallest);
  for (int i = 0; i < 150; ++i) text += "wrong" + std::to_string(i) + ": 1\n";
  const std::vector<Diagnostic> diagnostics = load_signature(text, "x.yaml").diagnostics;
  ASSERT_EQ(diagnostics.size(), 101U);
  EXPECT_EQ(diagnostics.back().message, "and 50 more; mend these first");
}

TEST(LoadErrors, KnowTheirFileAndSignature) {
  const std::vector<Diagnostic> diagnostics =
      load_signature(with(kSmallest, "severity: high", "severity: hgih"), "x.yaml").diagnostics;
  ASSERT_EQ(diagnostics.size(), 1U);
  EXPECT_EQ(to_string(diagnostics.front()),
            "x.yaml:4:11: error: severity cannot be 'hgih'; did you mean 'high'? [unknown-value]");
  EXPECT_EQ(diagnostics.front().signature, "TEST-1");
}

}  // namespace
}  // namespace assay
