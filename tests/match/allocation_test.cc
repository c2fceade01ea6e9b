// A record that matches nothing costs no memory from the heap.
#include <gtest/gtest.h>

#include <cstdlib>
#include <new>

#include "match/by_hand.h"
#include "match/hits.h"

namespace {

thread_local std::size_t allocations = 0;

void* counted(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}

}  // namespace

void* operator new(std::size_t size) {
  return counted(size);
}
void* operator new[](std::size_t size) {
  return counted(size);
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  ++allocations;
  return std::malloc(size == 0 ? 1 : size);
}
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept {
  ++allocations;
  return std::malloc(size == 0 ? 1 : size);
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete[](void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
  std::free(memory);
}

namespace assay {
namespace {

using by_hand::all;
using by_hand::is;
using by_hand::matches;

TEST(Matching, AllocatesNothingForARecordThatMatchesNothing) {
  const std::vector<Signature> set = by_hand::signatures(
      {all({matches("log.message", "verification failed for \\((?P<target>.+?)\\).*depth=(?P<depth>[5-9])"),
            is("log.process", "traffic_server")}),
       all({matches("log.message", "Error=(?P<error>self signed certificate) "), is("log.process", "tvcs")}),
       by_hand::any({is("log.pid", "4"), is("log.event", "Alarm Raised")})});
  const Matcher matcher(set);
  const by_hand::LogRecord log(matcher, std::string(by_hand::kWarning));
  const auto scratch = matcher.make_scratch();
  std::size_t hits = 0;
  const std::function<void(const Hit&)> count = [&](const Hit&) { ++hits; };
  for (int i = 0; i < 3; ++i) matcher.match(log.event(), *scratch, count);  // patterns build what they keep
  const std::size_t before = allocations;
  for (int i = 0; i < 100; ++i) matcher.match(log.event(), *scratch, count);
  EXPECT_EQ(allocations, before);
  EXPECT_EQ(hits, 0U);
  EXPECT_FALSE(log.event().literals.empty()) << "the record must at least be tried";
}

TEST(Matching, AllocatesNothingForAFloodThatIsBeyondTheBound) {
  const std::vector<Signature> set = by_hand::signatures({is("log.process", "traffic_server")});
  const Matcher matcher(set);
  const by_hand::LogRecord log(matcher, std::string(by_hand::kWarning));
  const auto scratch = matcher.make_scratch();
  HitKeeper keeper(2);
  const std::function<void(const Hit&)> keep = [&](const Hit& hit) { keeper.add(hit, 0); };
  for (int i = 0; i < 5; ++i) matcher.match(log.event(), *scratch, keep);
  const std::size_t before = allocations;
  for (int i = 0; i < 100; ++i) matcher.match(log.event(), *scratch, keep);
  EXPECT_EQ(allocations, before);
  const KeptHits kept = keeper.take();
  EXPECT_EQ(kept.hits.size(), 2U);
  ASSERT_EQ(kept.counts.size(), 1U);
  EXPECT_EQ(kept.counts[0].count, 105U);
}

}  // namespace
}  // namespace assay
