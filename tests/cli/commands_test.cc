// The commands, from the shell: what they print, where they write, and how they end.
#include <pty.h>
#include <unistd.h>

#include "program.h"

namespace assay::test {
namespace {

TEST(Analyze, ShowsTheIssueOfTheSampleBundle) {
  const Outcome outcome = assay("analyze " + kBundle);
  EXPECT_EQ(outcome.status, 1) << outcome.err;
  EXPECT_NE(outcome.out.find("CSCwc69661"), std::string::npos);
  EXPECT_EQ(outcome.out.find('\x1b'), std::string::npos) << "no colour where there is no terminal";
  EXPECT_EQ(outcome.err, "") << "no progress where there is no terminal";
}

TEST(Analyze, TellsByItsStatusWhatItFound) {
  const Folder folder;
  const std::string signature = "--signatures " + folder.write("broken.yaml", kSignature) + " ";
  const std::string broken = folder.write("broken.txt", kLogOfBroken);
  const std::string other = folder.write("other.txt", kLogOfOther);
  EXPECT_EQ(assay("analyze " + signature + broken).status, 1);
  EXPECT_EQ(assay("analyze " + signature + other).status, 0);
  EXPECT_EQ(assay("analyze " + signature + folder.write("empty.txt", "")).status, 3) << "no log was there";
  std::filesystem::create_directory(folder.path("nothing"));
  EXPECT_EQ(assay("analyze " + signature + folder.path("nothing")).status, 3) << "nothing was there";
  EXPECT_EQ(assay("analyze " + signature + folder.path("missing")).status, 2);
  EXPECT_EQ(assay("analyze " + signature + kSource + "/testdata/truncated.tar.gz").status, 3);
}

TEST(Analyze, ReadsStandardInput) {
  const Outcome outcome = shell("$assay analyze - < " + kBundle);
  EXPECT_EQ(outcome.status, 1) << outcome.err;
  EXPECT_NE(outcome.out.find("stdin"), std::string::npos);
}

TEST(Analyze, WritesSeveralOutputsAtOnce) {
  const Outcome outcome = shell("$assay analyze --json report.json --text report.txt " + kBundle +
                                "; status=$?; grep -c CSCwc69661 report.txt >/dev/null && grep -q "
                                "'\"format\": 1' report.json && exit $status");
  EXPECT_EQ(outcome.status, 1) << outcome.err;
  EXPECT_EQ(outcome.out, "");
}

TEST(Analyze, SaysBeforeTheWorkThatItCannotWrite) {
  const Outcome outcome = assay("analyze --json /no/such/folder/report.json " + kBundle);
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.err.find("/no/such/folder/report.json"), std::string::npos);
}

TEST(Analyze, OverwritesNeitherTheEvidenceNorTheOtherReport) {
  const Outcome evidence =
      shell("cp " + kBundle + " case.tgz; $assay analyze --json ./case.tgz case.tgz; status=$?; cmp " +
            kBundle + " case.tgz && exit $status");
  EXPECT_EQ(evidence.status, 2) << evidence.err;
  EXPECT_NE(evidence.err.find("would overwrite case.tgz"), std::string::npos) << evidence.err;

  const Outcome both = shell("$assay analyze --text report --json ./report " + kBundle);
  EXPECT_EQ(both.status, 2) << both.err;
  EXPECT_NE(both.err.find("would both write ./report"), std::string::npos) << both.err;

  EXPECT_EQ(assay("analyze --text /dev/null --json /dev/null " + kBundle).status, 1);
}

TEST(Analyze, LeavesNoOutputWhereThereIsNoReport) {
  const Outcome outcome = shell(
      "echo old > kept.txt; $assay analyze --json new.json --text kept.txt /no/such/path; ls; cat kept.txt");
  EXPECT_EQ(outcome.out, "err\nkept.txt\nout\nold\n");
}

TEST(Analyze, PutsTheWireIntoTheJsonOnDemand) {
  const std::string captures = kSource + "/testdata/captures";
  const std::string none = assay("analyze --json - " + captures).out;
  EXPECT_NE(none.find("\"handshake_count\": "), std::string::npos);
  EXPECT_EQ(none.find("\"handshakes\":"), std::string::npos);
  const std::string both = assay("analyze --json - --handshakes --certificates " + captures).out;
  EXPECT_NE(both.find("\"handshakes\":"), std::string::npos);
  EXPECT_NE(both.find("\"certificates\": ["), std::string::npos);
}

TEST(Analyze, PutsTheTransactionsIntoTheJsonOnDemand) {
  const std::string none = assay("analyze --json - " + kBundle).out;
  EXPECT_NE(none.find("\"transaction_count\": 7"), std::string::npos);
  EXPECT_EQ(none.find("\"transactions\":"), std::string::npos);
  EXPECT_NE(assay("analyze --json - --transactions " + kBundle).out.find("\"transactions\": ["),
            std::string::npos);
}

TEST(Explain, SaysWhyASignatureFiredOrDidNot) {
  const Outcome fired = assay("explain CSCwc69661 " + kBundle);
  EXPECT_EQ(fired.status, 0) << fired.err;
  EXPECT_NE(fired.out.find("vcsc: ISSUE"), std::string::npos) << fired.out;
  EXPECT_NE(fired.out.find("[yes] product.version is at least X14.2: X14.2"), std::string::npos);
  const Outcome missed =
      assay("explain CSCwc69661 " + kSource + "/testdata/diagnostic_log_expc02_2022-03-01_08_05_00.tar.gz");
  EXPECT_EQ(missed.status, 0) << missed.err;
  EXPECT_NE(missed.out.find("expc02: not applicable"), std::string::npos) << missed.out;
  EXPECT_NE(missed.out.find("[no] product.version is at least X14.2: X14.0.7"), std::string::npos);
}

TEST(Explain, TakesTheNameThatASignatureIsAlsoKnownAs) {
  const Outcome outcome = assay("explain cscwa25108 " + kBundle);
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_TRUE(outcome.out.starts_with("CSCwc69661:")) << outcome.out;
}

TEST(Explain, ShowsTheLineThatAPatternMissesByAWord) {
  const Folder folder;
  const std::string signature = folder.write(
      "door.yaml",
      "id: door\ntitle: Door\nkind: defect\nseverity: low\nneeds: [log]\nobserve:\n  open: {log: {process: "
      "doord, "
      "message: 'the front door was left open'}}\nconclude:\n  - {status: issue, when: open}\ntext:\n  "
      "description: Door.\n");
  const std::string log =
      folder.write("doors.txt", "2022-07-11T16:55:01+00:00 house doord: the front door was left ajar\n");
  const Outcome outcome = assay("explain -s " + signature + " door " + log);
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("not passed: log.message matches 'the front door was left open'"),
            std::string::npos)
      << outcome.out;
  EXPECT_NE(outcome.out.find("it has: the front door was left ajar"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("1 log event was read"), std::string::npos) << outcome.out;
  const Outcome json = assay("explain --format json -s " + signature + " door " + log);
  EXPECT_NE(json.out.find("\"value\": \"the front door was left ajar\""), std::string::npos) << json.out;
}

TEST(Explain, SaysOfWhatWasNotReadWhyNot) {
  const Folder folder;
  folder.write("notes.bin", "hello");
  const std::string out = assay("explain CSCwc69661 " + folder.path("")).out;
  EXPECT_NE(out.find("notes.bin\n      it is nothing that assay knows"), std::string::npos) << out;
}

TEST(Explain, TellsByItsStatusWhatKeptItFromTheWholeTruth) {
  const Outcome wrong = assay("explain CSCwc6966 " + kBundle);
  EXPECT_EQ(wrong.status, 2);
  EXPECT_NE(wrong.err.find("did you mean 'CSCwc69661'?"), std::string::npos) << wrong.err;
  EXPECT_EQ(assay("explain CSCwc69661 /no/such/path").status, 2);
  EXPECT_EQ(assay("explain CSCwc69661 " + kSource + "/testdata/truncated.tar.gz").status, 3);
}

TEST(CommandsThatReadBundles, EndWith3WhereThereIsNothingOfAFormThatTheyKnow) {
  const Folder folder;
  const std::string notes = folder.write("notes.bin", "hello");
  for (const std::string command :
       {"analyze ", "explain CSCwc69661 ", "transactions ", "handshakes ", "certificates "}) {
    EXPECT_EQ(assay(command + notes).status, 3) << command;
  }
}

TEST(Analyze, SaysThatTheDiskIsFull) {
  const Outcome outcome = shell("$assay analyze " + kBundle + " > /dev/full");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.err.find("standard output"), std::string::npos);
}

TEST(Analyze, LeavesNoHalfReportWhereTheDiskIsFullAndStillWritesTheOther) {
  const Outcome outcome = shell("trap '' XFSZ; ulimit -f 40; $assay analyze --json r.json --text r.txt " +
                                kBundle + "; echo $?; ls r.*; head -1 r.txt");
  EXPECT_EQ(outcome.out, "2\nr.txt\n1 issue and 1 potential problem found.\n");
  EXPECT_NE(outcome.err.find("cannot write r.json"), std::string::npos) << outcome.err;
}

TEST(Analyze, RefusesAnEmptyNameOfAFile) {
  for (const std::string& wrong : {"--json '' " + kBundle, "--text '' " + kBundle, std::string("''")}) {
    const Outcome outcome = assay("analyze " + wrong);
    EXPECT_EQ(outcome.status, 2) << wrong;
    EXPECT_NE(outcome.err.find("the name of a file is empty"), std::string::npos) << outcome.err;
  }
}

TEST(Analyze, WaitsForNobodyLongerThanItsTime) {
  for (const char* silent : {"- <&3", "pipe"}) {
    const Outcome outcome =
        shell(std::string("mkfifo pipe; exec 3<>pipe; $assay analyze --limit-time 1s ") + silent);
    EXPECT_EQ(outcome.status, 3) << silent;
    EXPECT_NE(outcome.out.find("[limit-time]"), std::string::npos) << outcome.out;
  }
}

TEST(Analyze, IsQuietIfTheReaderGoesAway) {
  const Outcome outcome = shell("( $assay analyze --all " + kBundle + "; echo $? >&2 ) | true");
  EXPECT_EQ(outcome.err, "1\n");
}

TEST(Analyze, TakesLimitsWithUnits) {
  const Outcome outcome =
      assay("analyze --json - --limit-total-bytes 1K --limit-time 2h --limit-depth unlimited " + kBundle);
  EXPECT_NE(outcome.out.find("limit-total-bytes"), std::string::npos);
  EXPECT_EQ(outcome.status, 3);
}

TEST(Analyze, SpeaksJapaneseAndItalian) {
  EXPECT_NE(assay("analyze --language it " + kBundle).out.find("Cosa fare"), std::string::npos);
  EXPECT_NE(assay("analyze --language ja " + kBundle).out.find("\u5bfe\u51e6\u65b9\u6cd5"),
            std::string::npos);
}

TEST(Analyze, SpeaksAnyLanguageThatASignatureHas) {
  const std::string german = with(kSignature, "description: Something is broken.",
                                  "description: {en: Something is broken., de: Etwas ist zerbrochen.}");
  const Folder folder;
  const std::string rest =
      " -s " + folder.write("s.yaml", german) + " " + folder.write("log.txt", kLogOfBroken);
  EXPECT_NE(assay("analyze --language de" + rest).out.find("Etwas ist zerbrochen."), std::string::npos);
  EXPECT_NE(assay("analyze --language fr" + rest).out.find("Something is broken."), std::string::npos);
  EXPECT_EQ(assay("analyze --language Deutsch" + rest).status, 2);
}

TEST(Analyze, EndsWhenItIsInterrupted) {
  // More than a pipe holds: once it is written, the program has begun to read, and then waits for more.
  const Outcome outcome = shell(
      "mkfifo pipe; $assay analyze - < pipe & exec 9> pipe; head -c 300000 /dev/zero >&9; kill -INT $!; "
      "wait $!");
  EXPECT_EQ(outcome.status, 130);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err, "assay: cancelled; nothing was written\n");
}

TEST(Analyze, EndsWhenItIsInterruptedWhileItWaits) {
  for (const std::string input : {"- < pipe", "pipe"}) {
    const Outcome outcome = shell("mkfifo pipe; $assay analyze " + input +
                                  " & exec 9> pipe; head -c 300000 /dev/zero >&9; sleep 0.3; kill -INT $!; "
                                  "wait $!");
    EXPECT_EQ(outcome.status, 130) << input;
    EXPECT_EQ(outcome.err, "assay: cancelled; nothing was written\n") << input;
  }
}

TEST(Analyze, ProfilesSignaturesOnStandardError) {
  const Outcome table = assay("analyze --profile --text /dev/null " + kBundle);
  EXPECT_EQ(table.status, 1);
  EXPECT_TRUE(table.err.starts_with("signature ")) << table.err;
  EXPECT_NE(table.err.find("\nCSCwc69661 "), std::string::npos) << table.err;
  const Outcome lines = assay("analyze --profile --profile-format jsonl --json - " + kBundle);
  EXPECT_NE(lines.err.find("{\"signature\":\"CSCwc69661\",\"candidates\":"), std::string::npos) << lines.err;
  EXPECT_EQ(lines.out, assay("analyze --json - " + kBundle).out) << "the report is the same";
}

// What the program writes to a terminal of 60 columns, where its errors go too.
std::string on_a_terminal(const std::string& line) {
  winsize size{};
  size.ws_row = 50;
  size.ws_col = 60;
  int terminal = -1;
  const pid_t child = forkpty(&terminal, nullptr, nullptr, &size);
  if (child == 0) {
    setenv("assay", ASSAY_PROGRAM, 1);
    setenv("ASSAY_SIGNATURES", (kSource + "/signatures").c_str(), 1);
    setenv("TERM", "xterm", 1);
    execl("/bin/sh", "sh", "-c", line.c_str(), nullptr);
    _exit(127);
  }
  std::string text;
  char buffer[4096];
  for (ssize_t count = 0; (count = read(terminal, buffer, sizeof buffer)) > 0;) {
    text.append(buffer, static_cast<std::size_t>(count));
  }
  close(terminal);
  waitpid(child, nullptr, 0);
  return text;
}

TEST(Terminal, HasColourUnlessItIsNotWanted) {
  EXPECT_NE(on_a_terminal("$assay analyze " + kBundle).find("\x1b[1;31m"), std::string::npos);
  EXPECT_EQ(on_a_terminal("NO_COLOR=1 $assay analyze " + kBundle).find("\x1b[1;31m"), std::string::npos);
  EXPECT_EQ(on_a_terminal("$assay analyze --color never " + kBundle).find("\x1b[1;31m"), std::string::npos);
  EXPECT_NE(assay("analyze --color always " + kBundle).out.find("\x1b[1;31m"), std::string::npos);
}

TEST(Terminal, GetsNoEscapeSequencesThatItDoesNotKnow) {
  EXPECT_EQ(on_a_terminal("TERM=dumb $assay analyze " + kBundle).find('\x1b'), std::string::npos);
}

TEST(Terminal, WidthIsKept) {
  const std::string text = on_a_terminal("NO_COLOR=1 $assay analyze " + kBundle + " 2>/dev/null");
  std::string rule;
  for (int i = 0; i < 60; ++i) rule += "\u2500";
  EXPECT_NE(text.find('\n' + rule + '\r'), std::string::npos) << text;
}

TEST(Transactions, ListTheRequestsInEveryFormat) {
  const Outcome table = assay("transactions " + kBundle);
  EXPECT_TRUE(table.out.starts_with("begin ")) << table.out << table.err;
  EXPECT_TRUE(assay("transactions --format csv " + kBundle).out.starts_with("node,id,process,"));
  EXPECT_TRUE(assay("transactions --format jsonl " + kBundle).out.starts_with("{\"node\":"));
}

TEST(Decode, ShowsTheTarget) {
  const Outcome outcome = assay("decode --format csv c3RldmVuLmxhYi9odHRwcy8xMC40OC4zNi4yMTUvODQ0Mw");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.out,
            "text,decoded,target,domain,protocol,host,port\r\n"
            "c3RldmVuLmxhYi9odHRwcy8xMC40OC4zNi4yMTUvODQ0Mw,true,steven.lab/https/10.48.36.215/8443,"
            "steven.lab,https,10.48.36.215,8443\r\n");
}

TEST(Decode, TakesARequestLineAsTheLogHasIt) {
  const Outcome outcome = assay(
      "decode --format csv '|GET http://vcs_control.steven.lab:8443/c3RldmVuLmxhYg/get_edge_config HTTP/1.1' "
      "'GET /c3RldmVuLmxhYg/get_edge_config HTTP/1.1' ' c3RldmVuLmxhYg '");
  EXPECT_EQ(outcome.status, 0) << outcome.out << outcome.err;
}

TEST(Decode, SaysWhatDoesNotDecode) {
  const Outcome outcome = shell("printf 'c3RldmVuLmxhYg\\n???\\n' | $assay decode --format jsonl -");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_NE(outcome.out.find("\"text\":\"???\",\"decoded\":false"), std::string::npos) << outcome.out;
}

TEST(Signatures, AreListedAndShown) {
  EXPECT_TRUE(
      assay("signatures list --format csv").out.starts_with("id,severity,kind,maturity,scope,title,"));
  EXPECT_NE(assay("signatures list").out.find("CSCwc69661"), std::string::npos);
  EXPECT_NE(assay("signatures show cscwc69661").out.find("id: CSCwc69661"), std::string::npos);
}

TEST(Signatures, AreLinted) {
  const Folder folder;
  EXPECT_EQ(assay("signatures lint").status, 0) << assay("signatures lint").out;
  const Outcome bad = assay("signatures lint " + folder.write("bad.yaml", "id: x\ntitel: y\n"));
  EXPECT_EQ(bad.status, 1);
  EXPECT_NE(bad.out.find("bad.yaml:2:1: error:"), std::string::npos) << bad.out;
}

TEST(Signatures, AreTested) {
  const Folder folder;
  const std::string test = "tests:\n  - name: it fires\n    log: |\n      " + std::string(kLogOfBroken);
  const std::string good = folder.write("good.yaml", kSignature + test + "    expect: {status: issue}\n");
  const std::string bad = folder.write("bad.yaml", kSignature + test + "    expect: {status: no_issue}\n");
  const Outcome passed = assay("signatures test " + good);
  EXPECT_EQ(passed.status, 0) << passed.out << passed.err;
  EXPECT_EQ(passed.out, "1 test, 0 failed\n");
  const Outcome failed = assay("signatures test " + bad);
  EXPECT_EQ(failed.status, 1);
  EXPECT_NE(failed.out.find("expected status no_issue"), std::string::npos) << failed.out;
}

TEST(Fields, ListsFieldsFactsAndEvidence) {
  const std::string csv = assay("fields --format csv").out;
  for (const char* start : {"\nfield,log.process,", "\nfact,product.version,", "\nevidence,log,"}) {
    EXPECT_NE(csv.find(start), std::string::npos) << start;
  }
}

}  // namespace
}  // namespace assay::test
