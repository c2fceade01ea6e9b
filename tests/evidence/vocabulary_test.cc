// One table names what signatures may speak of.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "assay/fields.h"
#include "evidence/fields.h"

namespace assay {
namespace {

TEST(Vocabulary, FindsANameAndWhatStandsForIt) {
  ASSERT_NE(find_field("log.process"), nullptr);
  EXPECT_EQ(find_field("log.process")->type, FieldType::word);
  ASSERT_NE(find_field("log.pair.Src-ip"), nullptr);
  EXPECT_EQ(find_field("log.pair.Src-ip")->name, "log.pair.*");
  ASSERT_NE(find_fact_name("configuration.Zones.Zone.*.Type"), nullptr);
  ASSERT_NE(find_evidence_name("log.traffic_server"), nullptr);
  EXPECT_EQ(find_evidence_name("log")->name, "log");
}

TEST(Vocabulary, DoesNotFindWhatIsNotThere) {
  EXPECT_EQ(find_field("log.proces"), nullptr);
  EXPECT_EQ(find_field("log.pair."), nullptr);
  EXPECT_EQ(find_field("log"), nullptr);
  EXPECT_EQ(find_field(""), nullptr);
  EXPECT_EQ(find_fact_name("product.colour"), nullptr);
  EXPECT_EQ(find_fact_name("configuration."), nullptr);
  EXPECT_EQ(find_evidence_name("pcap"), nullptr);
}

TEST(Vocabulary, SaysOfEveryNameWhatItIs) {
  for (const Field& field : fields()) {
    EXPECT_FALSE(field.help.empty()) << field.name;
    EXPECT_FALSE(field.example.empty()) << field.name;
    EXPECT_FALSE(to_string(field.type).empty()) << field.name;
  }
  for (const FactName& fact : fact_names()) {
    EXPECT_FALSE(fact.help.empty()) << fact.name;
    EXPECT_FALSE(fact.example.empty()) << fact.name;
  }
  for (const EvidenceName& evidence : evidence_names()) {
    EXPECT_FALSE(evidence.help.empty()) << evidence.name;
    EXPECT_FALSE(evidence.how_to_get.empty()) << evidence.name;
  }
}

TEST(Vocabulary, NamesNothingTwice) {
  std::set<std::string_view> names;
  for (const Field& field : fields()) EXPECT_TRUE(names.insert(field.name).second) << field.name;
}

// Every field of the table can be read: the getter of each is found by its name.
TEST(Vocabulary, HasAGetterForEveryField) {
  std::set<ReadField> getters;
  for (const Field& field : fields()) {
    std::string name(field.name);
    if (name.ends_with(".*")) name.replace(name.size() - 1, 1, "Src-ip");
    const FieldKey key = field_key(name);
    EXPECT_EQ(key.field, &field);
    EXPECT_TRUE(getters.insert(key.read).second) << name;
  }
}

}  // namespace
}  // namespace assay
