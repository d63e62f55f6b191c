#include "base/log.hpp"

#include <gtest/gtest.h>

namespace takas::log {
namespace {

TEST(Log, IsSilentUntilStarted) {
    testing::internal::CaptureStderr();
    error("nobody_listens").add("count", 1);
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
    EXPECT_FALSE(enabled(Level::error));
}

TEST(Log, WritesOneJsonLinePerEventAboveTheLevel) {
    testing::internal::CaptureStderr();
    start(Level::warning);
    info("too_quiet");
    warning("commit_unknown")
        .add("table", "ca\"rd\n")
        .add("retry_count", 3)
        .add("is_last", true)
        .add("level_name", Level::debug);
    stop();
    const std::string text = testing::internal::GetCapturedStderr();
    EXPECT_EQ(text.find("too_quiet"), std::string::npos);
    EXPECT_NE(text.find(R"("level":"warning","event":"commit_unknown","table":"ca\"rd\u000a","retry_count":3,)"
                        R"("is_last":true,"level_name":"debug"})"),
              std::string::npos)
        << text;
}

}  // namespace
}  // namespace takas::log
