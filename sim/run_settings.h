// SPDX-License-Identifier: Apache-2.0
#pragma once
// [run]: which model, when, how long, how often.

#include <cstdint>
#include <string>

#include "sim/calendar.h"
#include "sim/field.h"
#include "sim/parameters.h"

namespace sim {

// What differs between the replicates of an arm.
enum class Vary : std::uint8_t { chance, population, inputs };

struct RunSettings {
  std::string model;
  std::string title;
  Date start = Date::from_civil(2026, 2, 2);
  std::int64_t weeks = 156;
  std::int64_t warmup = 0;
  Calendar::Kind calendar = Calendar::Kind::fiscal;
  std::int64_t fiscal_year = 0;  // 0: see its field
  std::int64_t record_every = 1;
  std::int64_t snapshot_every = 0;
  std::int64_t replicates = 1;
  std::int64_t seed = 1;
  Vary vary = Vary::chance;
  std::string currency = "USD";
  std::int64_t rotate_phases = 0;

  Calendar make_calendar() const;

  static constexpr std::int64_t most_weeks =
      10'000;  // with a warm-up far below the 65535 of 16 bits

  static constexpr auto fields = Pack{
      field(&RunSettings::model, {.name = "model",
                                  .unit = "1",
                                  .meaning = "which model runs",
                                  .evidence = Evidence::definition,
                                  .role = Role::structural}),
      field(&RunSettings::title, {.name = "title",
                                  .unit = "1",
                                  .meaning = "what tables and plots call this scenario",
                                  .evidence = Evidence::definition,
                                  .role = Role::structural}),
      field(&RunSettings::start, {.name = "start",
                                  .unit = "date",
                                  .meaning = "first day after the warm-up",
                                  .evidence = Evidence::definition,
                                  .role = Role::structural}),
      field(&RunSettings::weeks, {.name = "weeks",
                                  .unit = "week",
                                  .meaning = "weeks simulated from `start`",
                                  .min = 1,
                                  .max = most_weeks,
                                  .evidence = Evidence::definition,
                                  .role = Role::structural}),
      field(&RunSettings::warmup, {.name = "warmup",
                                   .unit = "week",
                                   .meaning = "weeks simulated before `start`, not recorded",
                                   .min = 0,
                                   .max = 5'200,
                                   .evidence = Evidence::definition,
                                   .role = Role::structural}),
      field(
          &RunSettings::calendar,
          {.name = "calendar",
           .unit = "1",
           .meaning = "fiscal: 52-week years from `start`, quarters of 13 weeks; gregorian: civil "
                      "months, quarters and years",
           .choices = {"fiscal", "gregorian"},
           .evidence = Evidence::definition,
           .role = Role::structural}),
      field(&RunSettings::fiscal_year,
            {.name = "fiscal_year",
             .unit = "1",
             .meaning = "number of the fiscal year that `start` opens (2027: FY27); 0: the civil "
                        "year that holds the middle of its last month",
             .min = 0,
             .max = 9999,
             .evidence = Evidence::definition,
             .role = Role::structural}),
      field(&RunSettings::record_every, {.name = "record_every",
                                         .unit = "week",
                                         .meaning = "outcomes are recorded once in so many weeks",
                                         .min = 1,
                                         .max = most_weeks,
                                         .evidence = Evidence::definition,
                                         .role = Role::structural}),
      field(&RunSettings::snapshot_every,
            {.name = "snapshot_every",
             .unit = "week",
             .meaning = "columns of the agents are saved once in so many weeks; 0: never",
             .min = 0,
             .max = most_weeks,
             .evidence = Evidence::definition,
             .role = Role::structural}),
      field(&RunSettings::replicates, {.name = "replicates",
                                       .unit = "1",
                                       .meaning = "futures simulated per arm",
                                       .min = 1,
                                       .max = 1'000'000,
                                       .evidence = Evidence::definition,
                                       .role = Role::structural}),
      field(&RunSettings::seed,
            {.name = "seed",
             .unit = "1",
             .meaning = "replicate k of one seed meets the same luck in each arm",
             .min = 0,
             .max = 4294967295.0,
             .evidence = Evidence::definition,
             .role = Role::structural}),
      field(&RunSettings::vary,
            {.name = "vary",
             .unit = "1",
             .meaning = "what differs between replicates: luck alone, also who the agents are, or "
                        "also every parameter of role uncertainty",
             .choices = {"chance", "chance+population", "chance+inputs"},
             .evidence = Evidence::definition,
             .role = Role::structural}),
      field(&RunSettings::currency, {.name = "currency",
                                     .unit = "1",
                                     .meaning = "ISO 4217 code of all money",
                                     .evidence = Evidence::definition,
                                     .role = Role::structural}),
      field(&RunSettings::rotate_phases,
            {.name = "rotate_phases",
             .unit = "1",
             .meaning = "the phases of a week between its first and its last begin so many later, "
                        "to see what hangs on their order; 0: the order of the model",
             .min = 0,
             .max = 1000,
             .evidence = Evidence::definition,
             .role = Role::structural})};
};

const Section& run_section();  // "run"

}  // namespace sim
