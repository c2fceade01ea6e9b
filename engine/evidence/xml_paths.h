// The path of a setting in an XML dump, as the text form of the dump has it: with those numbers of elements
// that are indexes of lists, and without those that are nothing.
//
// Some dumps give an item attribute to every element, or to nearly every one: then item="1" is an index in
// some places (Zone) and nothing in others (Zones). It is taken as an index where the same element also
// occurs with a higher one, and where its name is that of a list. Other dumps give items to elements of lists
// alone: there each is an index. Elements of a list that have none are counted. All that can only be told
// when everything is read.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

class XmlPaths {
 public:
  // Steps into an element, with the value of its item attribute, which may be empty.
  void enter(std::string_view name, std::string_view item);
  // Steps out of the innermost element. REQUIRES: one was entered and not left.
  void leave();
  void leave_all();

  // The innermost element; which of its numbers belong to the path is open yet.
  const std::string& raw() const { return raw_; }

  // Looks at the path of a value, for judging what items mean. To be called for each one when all is read.
  void judge(std::string_view raw);
  // Replaces `path` by what became of a raw path.
  void settle(std::string_view raw, std::string& path) const;

 private:
  // Real dumps have some hundred; more are not told from what stands alone.
  static constexpr std::size_t kMostLists = 10'000;

  // Children of one name in a row, up to the last of an element.
  struct Row {
    std::string name;
    std::size_t last = 0;  // its number
    bool has_items = false;
  };
  struct Level {
    std::size_t raw_size = 0;      // of the path above
    std::size_t general_size = 0;  // of the general path above
    bool has_item = false;
    Row children;
  };
  struct Step;

  static Step take_step(std::string_view& raw);
  bool has_index(const Step& step, std::string_view above, const std::string& general) const;

  std::vector<Level> levels_{Level{}};  // the first is the root
  std::string raw_;
  std::string general_;                         // without numbers
  std::set<std::string, std::less<>> indexed_;  // general paths of what has an item above 1, or some in a row
  std::set<std::string, std::less<>> repeated_;  // of what stands several times in a row
  bool branch_without_item_ = false;
  bool idle_item_ = false;  // of a value, or of what holds a list: nothing that could be an index
};

}  // namespace assay
