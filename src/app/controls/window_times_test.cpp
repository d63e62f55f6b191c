#include "app/controls/window_times.hpp"

#include <gtest/gtest.h>

#include <random>

#include "app/catalog/time_zone.hpp"

namespace takas::app::controls {
namespace {

using core::control::VelocityPeriod;

constexpr std::array zones{"Europe/Istanbul", "America/Sao_Paulo", "Australia/Lord_Howe",
                           "Pacific/Apia",    "America/St_Johns",  "UTC",
                           "Asia/Kathmandu",  "America/New_York"};
constexpr std::array periods{VelocityPeriod::daily, VelocityPeriod::weekly, VelocityPeriod::monthly,
                             VelocityPeriod::yearly};
constexpr std::int64_t second = 1'000'000, hour = 3'600 * second;

Instant at(std::string_view text) { return *parse_instant(text); }

Window window(std::string_view zone, VelocityPeriod period, std::string_view text) {
    return *window_at(zone, period, at(text));
}

/// "2015-11-07T21:00:00Z 25:00": where the day begins and how long it is.
std::string day(std::string_view zone, std::string_view text) {
    const Window w = window(zone, VelocityPeriod::daily, text);
    const std::int64_t minutes = (w.end.value - w.start.value) / (60 * second);
    return to_text(w.start) + " " + std::to_string(minutes / 60) + ":" + (minutes % 60 < 10 ? "0" : "") +
           std::to_string(minutes % 60);
}

void expect_tiles(std::string_view zone, VelocityPeriod period, Instant moment) {
    SCOPED_TRACE(std::string(zone) + " " + to_text(moment));
    const auto w = window_at(zone, period, moment);
    ASSERT_TRUE(w);
    EXPECT_LE(w->start, moment);
    EXPECT_LT(moment, w->end);
    EXPECT_EQ(window_at(zone, period, w->start), w);
    EXPECT_EQ(window_at(zone, period, w->end.plus_us(-1)), w);
    EXPECT_EQ(window_at(zone, period, w->end)->start, w->end);
    EXPECT_EQ(window_at(zone, period, w->start.plus_us(-1))->end, w->start);
}

TEST(window_times, windows_tile_time_in_every_zone) {
    std::mt19937_64 random(20310301);
    std::uniform_int_distribution<std::int64_t> moments(at("1995-01-01T00:00:00Z").value,
                                                        at("2045-01-01T00:00:00Z").value);
    for (const auto zone : zones)
        for (const auto period : periods)
            for (int i = 0; i < 150; ++i) expect_tiles(zone, period, Instant{moments(random)});
}

TEST(window_times, windows_tile_time_around_every_change_of_clocks) {
    for (const auto zone :
         {"Europe/Istanbul", "America/Sao_Paulo", "Australia/Lord_Howe", "Pacific/Apia", "America/St_Johns"})
        for (Instant moment = at("2009-01-01T00:30:00Z"); moment < at("2019-12-31T00:00:00Z");
             moment = moment.plus_us(11 * hour))
            expect_tiles(zone, VelocityPeriod::daily, moment);
}

TEST(window_times, a_day_begins_when_its_date_does) {
    std::mt19937_64 random(7);
    std::uniform_int_distribution<std::int64_t> moments(at("1995-01-01T00:00:00Z").value,
                                                        at("2045-01-01T00:00:00Z").value);
    for (const auto zone : {"Europe/Istanbul", "America/Sao_Paulo", "Australia/Lord_Howe", "Pacific/Apia"})
        for (int i = 0; i < 500; ++i) {
            const Instant moment{moments(random)};
            const auto w = window_at(zone, VelocityPeriod::daily, moment);
            EXPECT_EQ(catalog::local_date(zone, w->start), catalog::local_date(zone, moment));
            EXPECT_NE(catalog::local_date(zone, w->start.plus_us(-1)), catalog::local_date(zone, moment));
        }
}

TEST(window_times, istanbul_changed_its_clocks_until_2016) {
    EXPECT_EQ(day("Europe/Istanbul", "2016-03-27T12:00:00Z"), "2016-03-26T22:00:00Z 23:00");
    EXPECT_EQ(day("Europe/Istanbul", "2015-11-08T12:00:00Z"), "2015-11-07T21:00:00Z 25:00");
    EXPECT_EQ(day("Europe/Istanbul", "2016-10-30T12:00:00Z"), "2016-10-29T21:00:00Z 24:00");
    EXPECT_EQ(day("Europe/Istanbul", "2031-03-30T12:00:00Z"), "2031-03-29T21:00:00Z 24:00");
}

TEST(window_times, a_midnight_that_does_not_exist) {
    // On 2018-11-04 clocks went from 00:00 (-03) to 01:00 (-02).
    EXPECT_EQ(day("America/Sao_Paulo", "2018-11-04T12:00:00Z"), "2018-11-04T03:00:00Z 23:00");
    EXPECT_EQ(day("America/Sao_Paulo", "2018-11-04T02:59:59Z"), "2018-11-03T03:00:00Z 24:00");
}

TEST(window_times, half_an_hour_of_summer_time) {
    EXPECT_EQ(day("Australia/Lord_Howe", "2023-10-01T04:00:00Z"), "2023-09-30T13:30:00Z 23:30");
}

TEST(window_times, a_date_that_was_left_out) {
    // Samoa went from 2011-12-29 to 2011-12-31.
    const Window before = window("Pacific/Apia", VelocityPeriod::daily, "2011-12-30T09:00:00Z");
    EXPECT_EQ(catalog::local_date("Pacific/Apia", before.start), *make_date(2011, 12, 29));
    EXPECT_EQ(before.end, at("2011-12-30T10:00:00Z"));
    EXPECT_EQ(window("Pacific/Apia", VelocityPeriod::daily, "2011-12-30T10:00:00Z").start, before.end);
    EXPECT_EQ(day_start("Pacific/Apia", *make_date(2011, 12, 30)), day_start("Pacific/Apia", *make_date(2011, 12, 31)));
}

TEST(window_times, a_midnight_that_comes_twice) {
    // Newfoundland went back from 00:01 to 23:01 on 2010-11-07: the first midnight counts.
    EXPECT_EQ(day("America/St_Johns", "2010-11-07T12:00:00Z"), "2010-11-07T02:30:00Z 25:00");
    EXPECT_EQ(day("America/St_Johns", "2010-11-07T03:00:00Z"), "2010-11-07T02:30:00Z 25:00");
}

TEST(window_times, weeks_months_and_years) {
    const auto zone = "Europe/Istanbul";
    const Window week = window(zone, VelocityPeriod::weekly, "2031-03-02T20:59:59Z");  // a Sunday, 23:59:59
    EXPECT_EQ(week, (Window{at("2031-02-23T21:00:00Z"), at("2031-03-02T21:00:00Z")}));
    EXPECT_EQ(window(zone, VelocityPeriod::weekly, "2031-03-02T21:00:00Z").start, week.end);
    EXPECT_EQ(window(zone, VelocityPeriod::monthly, "2032-02-29T12:00:00Z"),
              (Window{at("2032-01-31T21:00:00Z"), at("2032-02-29T21:00:00Z")}));
    EXPECT_EQ(window(zone, VelocityPeriod::monthly, "2031-12-31T20:00:00Z"),
              (Window{at("2031-11-30T21:00:00Z"), at("2031-12-31T21:00:00Z")}));
    EXPECT_EQ(window(zone, VelocityPeriod::yearly, "2032-12-31T20:59:59Z"),
              (Window{at("2031-12-31T21:00:00Z"), at("2032-12-31T21:00:00Z")}));
}

TEST(window_times, periods_without_borders_have_no_window) {
    for (const auto period : {VelocityPeriod::per_transaction, VelocityPeriod::lifetime,
                              VelocityPeriod::rolling_24_hours, VelocityPeriod::rolling_30_days})
        EXPECT_EQ(window_at("Europe/Istanbul", period, at("2031-03-01T10:00:00Z")), std::nullopt);
}

TEST(window_times, an_unknown_zone_counts_as_utc) {
    EXPECT_EQ(day("Nowhere/Else", "2031-03-01T10:00:00Z"), "2031-03-01T00:00:00Z 24:00");
}

}  // namespace
}  // namespace takas::app::controls
