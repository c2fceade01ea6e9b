// The headings in English, Japanese and Italian. Non-ASCII letters are written as escapes; the golden files
// of the tests show how they read.
#include "report/headings.h"

namespace assay {
namespace {

// English.
constexpr Headings kEnglish{
    .one_issue = "{} issue",
    .issues = "{} issues",
    .one_potential_problem = "{} potential problem",
    .potential_problems = "{} potential problems",
    .both = "{} and {}",
    .found = "{} found.",
    .found_nothing = "No issue found.",
    .found_nothing_incomplete = "No issue found, but not everything could be checked.",
    .nothing_applies = "No issue found: no signature applies to what was given.",
    .nothing_read = "Nothing could be judged: there was no file to read.",
    .nothing_checkable = "Nothing could be checked: nothing was found that a signature could look at.",
    .no_signatures = "Nothing was checked: there are no signatures.",
    .incomplete = "The evidence is not complete: some of it could not be read (see below).",
    .node = "Node",
    .whole_case = "whole case",
    .also_known_as = "Also known as",
    .description = "Description",
    .condition = "Condition",
    .further_information = "Further information",
    .actions = "What to do",
    .evidence = "Evidence",
    .references = "References",
    .notes = "Notes",
    .could_not_check = "Could not be checked",
    .how_to_get = "How to get it: {}",
    .once = "once",
    .times = "{} times",
    .from_to = "{} to {}",
    .more_groups = "... and {} more; --all lists them",
    .more_bytes = "... ({} more bytes)",
    .not_checked = "Not checked, because something is missing",
    .no_evidence = "Nothing was found in it that a signature could look at.",
    .ways = "How to get what is missing:",
    .not_evaluated = "Signatures that could not be evaluated",
    .problems = "Problems in the inputs",
    .at_packet = "packet {}",
    .at_byte = "at byte {}",
    .more_problems = "... and {} more",
    .unexplained = "Errors and warnings that no signature explains ({})",
    .more_unexplained = "... and {} more kinds; --all lists them",
    .rare_unexplained = "... and {} events of rarer kinds",
    .rest = "Also looked for",
    .hidden = "hidden by another finding",
    .hidden_by = "hidden by {}",
    .read = "Read: {1}; files: {0}, log records: {2}, requests: {3}",
    .status = {"ISSUE", "POTENTIAL PROBLEM", "NOT CHECKED", "ERROR", "not found", "not applicable"},
    .kind = {"defect", "configuration", "security", "capacity", "network", "information"},
    .severity = {"critical", "high", "medium", "low", "information"},
    .separator = ", ",
    .experimental = "experimental",
    .deprecated = "deprecated",
};

// Japanese.
constexpr Headings kJapanese{
    .one_issue = "\u554f\u984c {} \u4ef6",
    .issues = "\u554f\u984c {} \u4ef6",
    .one_potential_problem = "\u6f5c\u5728\u7684\u306a\u554f\u984c {} \u4ef6",
    .potential_problems = "\u6f5c\u5728\u7684\u306a\u554f\u984c {} \u4ef6",
    .both = "{}\u3068{}",
    .found = "{}\u304c\u898b\u3064\u304b\u308a\u307e\u3057\u305f\u3002",
    .found_nothing = "\u554f\u984c\u306f\u898b\u3064\u304b\u308a\u307e\u305b\u3093\u3067\u3057\u305f\u3002",
    .found_nothing_incomplete =
        "\u554f\u984c\u306f\u898b\u3064\u304b\u308a\u307e\u305b\u3093\u3067\u3057\u305f\u304c\u3001\u78ba"
        "\u8a8d\u3067\u304d\u306a\u304b\u3063\u305f\u9805\u76ee\u304c\u3042\u308a\u307e\u3059\u3002",
    .nothing_applies =
        "\u554f\u984c\u306f\u898b\u3064\u304b\u308a\u307e\u305b\u3093\u3067\u3057\u305f\u3002\u5165\u529b"
        "\u3055\u308c\u305f\u30c7\u30fc\u30bf\u306b\u9069\u7528\u3067\u304d\u308b\u30b7\u30b0\u30cd\u30c1"
        "\u30e3\u306f\u3042\u308a\u307e\u305b\u3093\u3002",
    .nothing_read =
        "\u5224\u5b9a\u3067\u304d\u307e\u305b\u3093\u3002\u8aad\u307f\u53d6\u308c\u308b\u30d5\u30a1\u30a4"
        "\u30eb\u304c\u3042\u308a\u307e\u305b\u3093\u3067\u3057\u305f\u3002",
    .nothing_checkable =
        "\u4f55\u3082\u78ba\u8a8d\u3067\u304d\u307e\u305b\u3093\u3067\u3057\u305f\u3002\u30b7\u30b0\u30cd"
        "\u30c1\u30e3\u306e\u5bfe\u8c61\u3068\u306a\u308b\u30c7\u30fc\u30bf\u304c\u898b\u3064\u304b\u308a"
        "\u307e\u305b\u3093\u3067\u3057\u305f\u3002",
    .no_signatures =
        "\u30b7\u30b0\u30cd\u30c1\u30e3\u304c\u306a\u3044\u305f\u3081\u3001\u4f55\u3082\u78ba\u8a8d\u3057"
        "\u3066\u3044\u307e\u305b\u3093\u3002",
    .incomplete =
        "\u5165\u529b\u30c7\u30fc\u30bf\u306f\u5b8c\u5168\u3067\u306f\u3042\u308a\u307e\u305b\u3093\u3002"
        "\u4e00\u90e8\u3092\u8aad\u307f\u53d6\u308c\u307e\u305b\u3093\u3067\u3057\u305f\uff08\u4e0b\u8a18"
        "\u3092\u53c2\u7167\uff09\u3002",
    .node = "\u30ce\u30fc\u30c9",
    .whole_case = "\u30b1\u30fc\u30b9\u5168\u4f53",
    .also_known_as = "\u5225\u540d",
    .description = "\u8aac\u660e",
    .condition = "\u767a\u751f\u6761\u4ef6",
    .further_information = "\u8a73\u7d30\u60c5\u5831",
    .actions = "\u5bfe\u51e6\u65b9\u6cd5",
    .evidence = "\u5224\u5b9a\u306e\u6839\u62e0",
    .references = "\u53c2\u8003\u8cc7\u6599",
    .notes = "\u6ce8\u8a18",
    .could_not_check = "\u78ba\u8a8d\u3067\u304d\u306a\u304b\u3063\u305f\u9805\u76ee",
    .how_to_get = "\u53d6\u5f97\u65b9\u6cd5: {}",
    .once = "1 \u56de",
    .times = "{} \u56de",
    .from_to = "{} \uff5e {}",
    .more_groups =
        "... \u307b\u304b {} \u4ef6\u3002--all \u3067\u3059\u3079\u3066\u8868\u793a\u3057\u307e\u3059",
    .more_bytes = "...\uff08\u6b8b\u308a {} \u30d0\u30a4\u30c8\uff09",
    .not_checked =
        "\u60c5\u5831\u304c\u4e0d\u8db3\u3057\u3066\u3044\u308b\u305f\u3081\u78ba\u8a8d\u3067\u304d\u306a"
        "\u304b\u3063\u305f\u9805\u76ee",
    .no_evidence =
        "\u30b7\u30b0\u30cd\u30c1\u30e3\u306e\u5bfe\u8c61\u3068\u306a\u308b\u30c7\u30fc\u30bf\u304c\u898b"
        "\u3064\u304b\u308a\u307e\u305b\u3093\u3067\u3057\u305f\u3002",
    .ways = "\u4e0d\u8db3\u3057\u3066\u3044\u308b\u60c5\u5831\u306e\u53d6\u5f97\u65b9\u6cd5:",
    .not_evaluated = "\u8a55\u4fa1\u3067\u304d\u306a\u304b\u3063\u305f\u30b7\u30b0\u30cd\u30c1\u30e3",
    .problems = "\u5165\u529b\u306e\u554f\u984c",
    .at_packet = "\u30d1\u30b1\u30c3\u30c8 {}",
    .at_byte = "\u30d0\u30a4\u30c8\u4f4d\u7f6e {}",
    .more_problems = "... \u307b\u304b {} \u4ef6",
    .unexplained =
        "\u3069\u306e\u30b7\u30b0\u30cd\u30c1\u30e3\u3067\u3082\u8aac\u660e\u3055\u308c\u306a\u3044\u30a8"
        "\u30e9\u30fc\u3068\u8b66\u544a ({})",
    .more_unexplained =
        "... \u307b\u304b {} \u7a2e\u985e\u3002--all \u3067\u3059\u3079\u3066\u8868\u793a\u3057\u307e\u3059",
    .rare_unexplained =
        "... "
        "\u307b\u304b\u3001\u3055\u3089\u306b\u307e\u308c\u306a\u7a2e\u985e\u306e\u30a4\u30d9\u30f3\u30c8 {} "
        "\u4ef6",
    .rest = "\u305d\u306e\u4ed6\u306e\u78ba\u8a8d\u7d50\u679c",
    .hidden = "\u5225\u306e\u691c\u51fa\u7d50\u679c\u306b\u542b\u307e\u308c\u308b\u3082\u306e",
    .hidden_by = "{} \u306b\u542b\u307e\u308c\u308b",
    .read =
        "\u8aad\u307f\u53d6\u308a: {} \u30d5\u30a1\u30a4\u30eb\u3001{}\u3001\u30ed\u30b0 {} "
        "\u30ec\u30b3\u30fc\u30c9\u3001\u30ea\u30af\u30a8\u30b9\u30c8 {} \u4ef6",
    .status = {"\u554f\u984c", "\u6f5c\u5728\u7684\u306a\u554f\u984c", "\u672a\u78ba\u8a8d",
               "\u30a8\u30e9\u30fc", "\u554f\u984c\u306a\u3057", "\u8a72\u5f53\u306a\u3057"},
    .kind = {"\u4e0d\u5177\u5408", "\u8a2d\u5b9a", "\u30bb\u30ad\u30e5\u30ea\u30c6\u30a3", "\u5bb9\u91cf",
             "\u30cd\u30c3\u30c8\u30ef\u30fc\u30af", "\u60c5\u5831"},
    .severity = {"\u91cd\u5927", "\u9ad8", "\u4e2d", "\u4f4e", "\u60c5\u5831"},
    .separator = "\u3001",
    .experimental = "\u8a66\u9a13\u7684",
    .deprecated = "\u975e\u63a8\u5968",
};

// Italian.
constexpr Headings kItalian{
    .one_issue = "{} problema",
    .issues = "{} problemi",
    .one_potential_problem = "{} problema potenziale",
    .potential_problems = "{} problemi potenziali",
    .both = "{} e {}",
    .found = "Esito: {}.",
    .found_nothing = "Nessun problema rilevato.",
    .found_nothing_incomplete = "Nessun problema rilevato, ma non \u00e8 stato possibile verificare tutto.",
    .nothing_applies = "Nessun problema rilevato: nessuna firma \u00e8 applicabile ai dati forniti.",
    .nothing_read = "Impossibile formulare una diagnosi: non c'erano file da leggere.",
    .nothing_checkable =
        "Impossibile verificare alcunch\u00e9: non \u00e8 stato trovato nulla che una firma possa esaminare.",
    .no_signatures = "Nessuna verifica eseguita: non ci sono firme.",
    .incomplete =
        "I dati sono incompleti: non \u00e8 stato possibile leggerne una parte (vedere pi\u00f9 avanti).",
    .node = "Nodo",
    .whole_case = "intero caso",
    .also_known_as = "Noto anche come",
    .description = "Descrizione",
    .condition = "Condizione",
    .further_information = "Ulteriori informazioni",
    .actions = "Cosa fare",
    .evidence = "Riscontri",
    .references = "Riferimenti",
    .notes = "Note",
    .could_not_check = "Non \u00e8 stato possibile verificare",
    .how_to_get = "Come ottenere i dati: {}",
    .once = "una volta",
    .times = "{} volte",
    .from_to = "da {} a {}",
    .more_groups = "... e altri {}; --all li elenca",
    .more_bytes = "... (altri {} byte)",
    .not_checked = "Non verificati per mancanza di informazioni",
    .no_evidence = "Non contiene nulla che una firma possa esaminare.",
    .ways = "Come ottenere ci\u00f2 che manca:",
    .not_evaluated = "Firme che non \u00e8 stato possibile valutare",
    .problems = "Problemi nei dati forniti",
    .at_packet = "pacchetto {}",
    .at_byte = "al byte {}",
    .more_problems = "... e altri {}",
    .unexplained = "Errori e avvisi che nessuna firma spiega ({})",
    .more_unexplained = "... e altri {} tipi; --all li elenca",
    .rare_unexplained = "... e {} eventi di tipi pi\u00f9 rari",
    .rest = "Altre verifiche",
    .hidden = "compresi in un altro risultato",
    .hidden_by = "compreso in {}",
    .read = "Letti: {1}; file: {0}, record di log: {2}, richieste: {3}",
    .status = {"PROBLEMA", "PROBLEMA POTENZIALE", "NON VERIFICATO", "ERRORE", "non rilevato",
               "non applicabile"},
    .kind = {"difetto", "configurazione", "sicurezza", "capacit\u00e0", "rete", "informazione"},
    .severity = {"critica", "alta", "media", "bassa", "informativa"},
    .separator = ", ",
    .experimental = "sperimentale",
    .deprecated = "obsoleta",
};

}  // namespace

const Headings& headings_in(std::string_view language) {
  if (language.starts_with("ja")) return kJapanese;
  if (language.starts_with("it")) return kItalian;
  return kEnglish;
}

}  // namespace assay
