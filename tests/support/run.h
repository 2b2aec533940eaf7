// SPDX-License-Identifier: Apache-2.0
#pragma once
// Runs a plan and keeps all it delivers.

#include <algorithm>
#include <cmath>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "sim/experiment.h"

namespace support {

class Keep : public sim::Sink {
 public:
  explicit Keep(const sim::Plan& plan) : arms_(plan.arms.size()), blocks_(plan.tasks()) {}
  void replicate(sim::ReplicateBlock&& block) override {
    const std::lock_guard lock(mutex_);
    blocks_[block.replicate * arms_ + block.arm] = std::move(block);
  }
  void agents(sim::AgentBlock&& block) override {
    const std::lock_guard lock(mutex_);
    agents_.push_back(std::move(block));
  }

  std::vector<sim::ReplicateBlock>& blocks() { return blocks_; }
  std::vector<sim::AgentBlock>& agents() { return agents_; }

 private:
  std::size_t arms_;
  std::mutex mutex_;
  std::vector<sim::ReplicateBlock> blocks_;
  std::vector<sim::AgentBlock> agents_;
};

struct Outcome {
  sim::RunReport report;
  std::vector<sim::ReplicateBlock> blocks;  // [replicate * arms + arm]
  std::vector<sim::AgentBlock> agents;
  const sim::ModelInfo* model = nullptr;
  std::size_t arms = 1;

  std::size_t position(std::string_view name) const {
    for (std::size_t i = 0; i < model->outcomes.size(); ++i)
      if (model->outcomes[i].name == name) return i;
    throw sim::Error("no outcome " + std::string(name));
  }
  const sim::Series& series(std::string_view name, std::size_t replicate = 0,
                            std::size_t arm = 0) const {
    return blocks[replicate * arms + arm].series[position(name)];
  }
  // The last recorded value in each replicate of an arm.
  std::vector<double> last(std::string_view name, std::size_t arm = 0) const {
    const std::size_t outcome = position(name);
    std::vector<double> values;
    for (std::size_t task = arm; task < blocks.size(); task += arms) {
      const sim::Series& all = blocks[task].series[outcome];
      values.push_back(model->outcomes[outcome].integer ? static_cast<double>(all.integers.back())
                                                        : all.reals.back());
    }
    return values;
  }
};

inline Outcome run(const sim::Plan& plan) {
  Keep keep(plan);
  sim::Control control;
  Outcome outcome;
  outcome.report = sim::run(plan, control, keep);
  outcome.blocks = std::move(keep.blocks());
  outcome.agents = std::move(keep.agents());
  outcome.model = plan.model;
  outcome.arms = plan.arms.size();
  return outcome;
}

struct Estimate {
  double value, error;  // standard error
};
inline Estimate mean_of(const std::vector<double>& values) {
  double sum = 0, squares = 0;
  const auto n = static_cast<double>(values.size());
  for (const double value : values) sum += value;
  for (const double value : values) squares += (value - sum / n) * (value - sum / n);
  return {sum / n, std::sqrt(squares / (n - 1) / n)};
}

}  // namespace support
