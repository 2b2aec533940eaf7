// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the engine needs to know of a model, and how a plain struct becomes one.
//
// A model is a World: tables, mechanisms as members, and three lists anybody can read:
//
//   struct World {
//     World(const sim::Settings&, const sim::Setup&);
//     void apply(const sim::Settings&);            // a dated change of the scenario
//     static constexpr std::array week{sim::Phase<World>{"needs", "accounts come to need", ...}};
//     static constexpr std::array outcomes{sim::count<World>("won", "deals won", ...)};
//     static constexpr std::array columns{sim::agent_column<World>("reps", "attainment", ...)};
//   };
//   sim::ModelInfo bass = sim::describe<bass::World>({"bass", "adoption of one product", sections},
//   streams);

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "sim/digest.h"
#include "sim/parameters.h"
#include "sim/scenario.h"
#include "sim/schedule.h"

namespace sim {

// What a world is built with, beside its settings.
struct Setup {
  const Calendar& calendar;
  const Random& random;
  const Workers& workers;
};

// flow: an amount per recorded interval (the function returns the running total since week 0, the
// engine takes differences); stock: a state at the end of the interval.
enum class Measured : std::uint8_t { flow, stock };

// One measure, one line. `integer` measures are counts or money in minor units; `real` the others.
template <class World>
struct Outcome {
  std::string_view name, unit, meaning;
  Measured kind;
  std::int64_t (*integer)(const World&) = nullptr;
  double (*real)(const World&) = nullptr;
};

// unit "money" becomes the run's currency in minor units ("USD cent").
template <class World>
constexpr Outcome<World> integer_outcome(std::string_view name, std::string_view unit,
                                         std::string_view meaning, Measured kind,
                                         std::int64_t (*value)(const World&)) {
  return {name, unit, meaning, kind, value, nullptr};
}
template <class World>
constexpr Outcome<World> real_outcome(std::string_view name, std::string_view unit,
                                      std::string_view meaning, Measured kind,
                                      double (*value)(const World&)) {
  return {name, unit, meaning, kind, nullptr, value};
}

// A column of a table that a run may save at chosen weeks ([run] snapshot_every). `rows` is the
// number of rows a file reserves; later-born rows beyond it are an error of the model.
template <class World>
struct AgentColumn {
  std::string_view table, name, unit, meaning;
  std::size_t (*rows)(const World&);
  std::span<const std::int64_t> (*integers)(const World&) = nullptr;
  std::span<const double> (*reals)(const World&) = nullptr;
  bool facts = false;  // append-only log: read after a run (run_one), never part of a snapshot
  double (*real_of)(const World&, std::size_t row) = nullptr;  // where no column holds doubles
};

struct OutcomeText {
  std::string name, unit, meaning;
  Measured kind;
  bool integer;
};
struct AgentColumnText {
  std::string table, name, unit, meaning;
  bool integer, facts;
};
struct PhaseText {
  std::string name, meaning;
};

// One running replicate, whatever its model.
class Model {
 public:
  virtual ~Model() = default;
  virtual void week(const Step& step) = 0;
  virtual void apply(const Settings& settings) = 0;
  virtual std::int64_t integer(std::size_t outcome) const = 0;
  virtual double real(std::size_t outcome) const = 0;
  virtual std::size_t agent_rows(std::size_t column) const = 0;
  virtual std::span<const std::int64_t> agent_integers(std::size_t column) const = 0;
  // Good until the next call, for one caller at a time: the numbers may be computed for it.
  virtual std::span<const double> agent_reals(std::size_t column) const = 0;
  virtual std::uint64_t state_digest() const = 0;
  virtual const PhaseSeconds& phase_seconds() const = 0;
};

struct ModelInfo {
  ModelSections sections;  // its name, what it is, and all it can be told
  std::vector<Stream> streams;
  std::vector<PhaseText> phases;
  std::vector<OutcomeText> outcomes;
  std::vector<AgentColumnText> columns;
  std::function<std::unique_ptr<Model>(const Settings&, const Setup&)> make;
  std::function<std::size_t(const Settings&)> bytes;  // of one replicate's state, estimated
};

namespace detail {

template <class World>
constexpr std::span<const AgentColumn<World>> columns_of() {
  if constexpr (requires { World::columns; })
    return World::columns;
  else
    return {};
}

template <class World>
class ModelOf final : public Model {
 public:
  ModelOf(const Settings& settings, const Setup& setup)
      : world_(settings, setup), rotated_(static_cast<std::size_t>(settings.run().rotate_phases)) {}
  void week(const Step& step) override {
    run_week<World>(world_, World::week, step, seconds_, rotated_);
  }
  void apply(const Settings& settings) override {
    if constexpr (requires { world_.apply(settings); }) {
      world_.apply(settings);
    } else {
      throw BadInput("this model takes no dated interventions");
    }
  }
  std::int64_t integer(std::size_t i) const override { return World::outcomes[i].integer(world_); }
  double real(std::size_t i) const override { return World::outcomes[i].real(world_); }
  std::size_t agent_rows(std::size_t i) const override {
    return columns_of<World>()[i].rows(world_);
  }
  std::span<const std::int64_t> agent_integers(std::size_t i) const override {
    return columns_of<World>()[i].integers(world_);
  }
  std::span<const double> agent_reals(std::size_t i) const override {
    const auto& column = columns_of<World>()[i];
    if (column.real_of == nullptr) return column.reals(world_);
    computed_.resize(column.rows(world_));
    for (std::size_t row = 0; row < computed_.size(); ++row)
      computed_[row] = column.real_of(world_, row);
    return computed_;
  }
  std::uint64_t state_digest() const override {
    Digest digest;
    world_.hash(digest);
    return digest.value();
  }
  const PhaseSeconds& phase_seconds() const override { return seconds_; }

 private:
  World world_;
  std::size_t rotated_;
  PhaseSeconds seconds_;
  mutable std::vector<double> computed_;  // what agent_reals() last computed
};

}  // namespace detail

template <class World>
ModelInfo describe(ModelSections sections, std::span<const Stream> streams) {
  ModelInfo info;
  info.sections = std::move(sections);
  info.streams.assign(streams.begin(), streams.end());
  for (const auto& phase : World::week)
    info.phases.push_back({std::string(phase.name), std::string(phase.meaning)});
  for (const auto& outcome : World::outcomes)
    info.outcomes.push_back({std::string(outcome.name), std::string(outcome.unit),
                             std::string(outcome.meaning), outcome.kind,
                             outcome.integer != nullptr});
  for (const auto& column : detail::columns_of<World>())
    info.columns.push_back({std::string(column.table), std::string(column.name),
                            std::string(column.unit), std::string(column.meaning),
                            column.integers != nullptr, column.facts});
  info.make = [](const Settings& settings, const Setup& setup) -> std::unique_ptr<Model> {
    return std::make_unique<detail::ModelOf<World>>(settings, setup);
  };
  info.bytes = [](const Settings& settings) { return World::bytes(settings); };
  return info;
}

}  // namespace sim
