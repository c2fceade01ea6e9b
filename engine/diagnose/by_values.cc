// What has all values is found by them at once; only what lacks some is compared one by one.
#include "diagnose/by_values.h"

#include <algorithm>
#include <set>

namespace assay {

namespace {

bool is_complete(const Values& values) {
  return std::none_of(values.begin(), values.end(), [](const std::string& value) { return value.empty(); });
}

// Which of the values are there.
using Shape = std::vector<bool>;

Shape shape_of(const Values& values) {
  Shape shape;
  for (const std::string& value : values) shape.push_back(!value.empty());
  return shape;
}

bool says_more(const Shape& more, const Shape& less) {
  if (more == less) return false;
  for (std::size_t i = 0; i < more.size(); ++i) {
    if (less[i] && !more[i]) return false;
  }
  return true;
}

Values reduced_to(const Shape& shape, Values values) {
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (!shape[i]) values[i].clear();
  }
  return values;
}

}  // namespace

bool agree(const Values& left, const Values& right) {
  for (std::size_t i = 0; i < left.size() && i < right.size(); ++i) {
    if (!left[i].empty() && !right[i].empty() && left[i] != right[i]) return false;
  }
  return true;
}

ByValues::ByValues(const Signature& signature, const std::vector<std::string>& group_by) {
  for (const Observation& observation : signature.observations) {
    std::vector<std::size_t>& columns = columns_.emplace_back();
    for (const std::string& name : group_by) {
      const auto found = std::find(observation.captures.begin(), observation.captures.end(), name);
      columns.push_back(found == observation.captures.end()
                            ? kNone
                            : static_cast<std::size_t>(found - observation.captures.begin()));
    }
  }
}

Values ByValues::values_of(std::uint32_t observation, const std::vector<std::string>& captures) const {
  Values values;
  for (const std::size_t column : columns_[observation]) {
    values.push_back(column < captures.size() ? captures[column] : std::string());
  }
  return values;
}

void ByValues::add(std::size_t index, const Values& values) {
  if (is_complete(values)) {
    complete_[values].push_back(index);
  } else {
    incomplete_.push_back({values, index});
  }
}

std::vector<std::size_t> ByValues::agreeing(const Values& values) const {
  std::vector<std::size_t> found;
  if (is_complete(values)) {
    const auto same = complete_.find(values);
    if (same != complete_.end()) found = same->second;
  } else {
    for (const auto& [others, indices] : complete_) {
      if (agree(values, others)) found.insert(found.end(), indices.begin(), indices.end());
    }
  }
  for (const auto& [others, index] : incomplete_) {
    if (agree(values, others)) found.push_back(index);
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<Values> distinct_groups(std::vector<Values> values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  std::set<Shape> shapes;
  for (const Values& one : values) shapes.insert(shape_of(one));
  for (const Shape& shape : shapes) {
    std::set<Values> said_by_others;
    for (const Values& one : values) {
      if (says_more(shape_of(one), shape)) said_by_others.insert(reduced_to(shape, one));
    }
    std::erase_if(values, [&](const Values& one) {
      return shape_of(one) == shape && said_by_others.find(one) != said_by_others.end();
    });
  }
  return values;
}

}  // namespace assay
