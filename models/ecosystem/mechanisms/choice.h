// SPDX-License-Identifier: Apache-2.0
#pragma once
// When its decision clock rings, an account chooses by nested multinomial logit (EQ7, SC8): nobody,
// a rival, or the vendor's product from one of the sellers who worked on the need. Offers of one
// product are one nest: many resellers of the same product are not many products (feasibility.md,
// artefact 2).
//
//   V(seller) = base + stage_gain * stage + knowledge_gain * knowledge + skill - price_weight
//   ln(price)
//
// less what its doubts cost the product (confusion.h), more for who sold there last
// (account_control.h), without who may not offer (engagement.h),
// with a taste for each firm that the need draws, rivals in their order. A need that nobody of ours
// touched goes to a rival or to nobody.

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

#include "models/ecosystem/company.h"
#include "models/ecosystem/decision.h"
#include "models/ecosystem/state.h"
#include "models/ecosystem/streams.h"
#include "sim/events.h"
#include "sim/field.h"
#include "sim/step.h"

namespace ecosystem {

struct Choice {
  double base = -1.9;
  double stage_gain = 0.4;
  double knowledge_gain = 1.2;
  double no_decision = 0.3;
  double rival_strength = 0;
  double taste_sigma = 0.5;
  double nest = 0.3;
  double price = 1;
  double price_weight = 1.5;
  static constexpr auto fields = sim::Pack{
      sim::field(&Choice::base, {.name = "base",
                                 .unit = "1",
                                 .meaning = "utility of the vendor's product before any work",
                                 .low = -2.3,
                                 .high = -1.5,
                                 .distribution = Distribution::uniform,
                                 .min = -20,
                                 .max = 20,
                                 .source = "feasibility.md 2",
                                 .role = sim::Role::uncertainty}),
      sim::field(&Choice::stage_gain, {.name = "stage_gain",
                                       .unit = "1",
                                       .meaning = "utility that each stage reached adds",
                                       .low = .25,
                                       .high = .55,
                                       .distribution = Distribution::uniform,
                                       .min = 0,
                                       .max = 10,
                                       .source = "feasibility.md 2",
                                       .role = sim::Role::uncertainty}),
      sim::field(&Choice::knowledge_gain,
                 {.name = "knowledge_gain",
                  .unit = "1",
                  .meaning = "utility that full knowledge of the product adds",
                  .low = .6,
                  .high = 1.8,
                  .distribution = Distribution::uniform,
                  .min = 0,
                  .max = 10,
                  .source = "feasibility.md 2",
                  .role = sim::Role::uncertainty}),
      sim::field(&Choice::no_decision, {.name = "no_decision",
                                        .unit = "1",
                                        .meaning = "utility of buying nothing",
                                        .min = -20,
                                        .max = 20,
                                        .source = "feasibility.md 2"}),
      sim::field(&Choice::rival_strength, {.name = "rival_strength",
                                           .unit = "1",
                                           .meaning = "utility of a rival's product",
                                           .low = -.4,
                                           .high = .4,
                                           .distribution = Distribution::uniform,
                                           .min = -20,
                                           .max = 20,
                                           .source = "feasibility.md 2",
                                           .role = sim::Role::uncertainty}),
      sim::field(&Choice::taste_sigma, {.name = "taste_sigma",
                                        .unit = "1",
                                        .meaning = "standard deviation of tastes by need and firm",
                                        .min = 0,
                                        .max = 10,
                                        .source = "contest.md (sd_fit)"}),
      sim::field(&Choice::nest, {.name = "nest",
                                 .unit = "1",
                                 .meaning = "dissimilarity of offers of one product (lambda)",
                                 .min = .01,
                                 .max = 1,
                                 .source = "feasibility.md, artefact 2"}),
      sim::field(&Choice::price, {.name = "price",
                                  .unit = "1",
                                  .meaning = "the vendor's price level; 1: list",
                                  .min = .01,
                                  .max = 100}),
      sim::field(&Choice::price_weight, {.name = "price_weight",
                                         .unit = "1",
                                         .meaning = "utility lost per unit of log price",
                                         .low = .5,
                                         .high = 2.5,
                                         .distribution = Distribution::uniform,
                                         .min = 0,
                                         .max = 20,
                                         .source = "SC8",
                                         .role = sim::Role::uncertainty})};

  double utility(double stage, double knowledge, double skill) const {
    return base + stage_gain * stage + knowledge_gain * knowledge + skill -
           price_weight * sim::log(price);
  }

  // What the buyer of a need pays: no more than a marketplace's page says, if it sees one.
  double price_of(const Needs& needs, Needs::Id need) const {
    const double posted = needs.posted[need];
    return posted > 0 ? std::min(price, posted) : price;
  }

  // Chance that one seller alone wins an average need at a stage.
  double chance(double stage, double knowledge, double skill, std::size_t rivals) const {
    return against(sim::exp(utility(stage, knowledge, skill)), rivals);
  }

  // Of the deals that one of two sellers alike wins, at the last stage, the share that the other
  // alone would have won.
  double displaced(std::size_t rivals) const {
    const double one = sim::exp(utility(stages, 1, 0));
    const double two = against(one * sim::exp(nest * sim::log(2)), rivals);
    return (against(one, rivals) - two / 2) / (two / 2);
  }

  // The chance that one rep alone, without tastes, wins a need at each stage.
  std::array<double, stages + 1> chances(std::size_t rivals, double knowledge) const {
    std::array<double, stages + 1> chance{};
    for (std::size_t s = 0; s <= stages; ++s)
      chance[s] = this->chance(static_cast<double>(s), knowledge, 0, rivals);
    return chance;
  }
  // The same of one opportunity as it stands, and of a need by all its sellers who have worked on
  // it in week `since` or later.
  double chance(Opportunities::Id row, const Opportunities& opportunities, const Reps& reps,
                std::size_t rivals) const {
    return against(sim::exp(utility(row, opportunities, reps)), rivals);
  }
  double chance(Needs::Id need, const Needs& needs, const Opportunities& opportunities,
                const Reps& reps, std::size_t rivals, std::int32_t since) const {
    static thread_local std::vector<double> weights;
    return against(offers(need, needs, opportunities, reps, weights, 0, since), rivals);
  }

  // What reps believe a further stage is worth (effort.h): mean gain in the chance of winning an
  // average need alone, from each stage to the last.
  std::array<double, stages + 1> stage_gains(std::size_t rivals, double knowledge) const {
    const auto chance = chances(rivals, knowledge);
    std::array<double, stages + 1> gain{};
    for (std::size_t s = 0; s < stages; ++s)
      gain[s] = (chance[stages] - chance[s]) / static_cast<double>(stages - s);
    gain[stages] = gain[stages - 1] * 0.05;  // nothing more to win: a call to keep it warm
    return gain;
  }

  // `brand`: utility that the market's talk of the vendor adds (press.h).
  void operator()(std::vector<Decision>& decisions, const std::vector<sim::Event>& due,
                  const Needs& needs, const Opportunities& opportunities, const Reps& reps,
                  const Firms& firms, double brand, const sim::Step& step) const {
    decisions.resize(due.size());
    sim::each_chunk(
        step.workers(), due.size(),
        [&](std::size_t begin, std::size_t end) {
          for (std::size_t i = begin; i < end; ++i) {
            decisions[i] =
                decide(Needs::Id(due[i].entity), needs, opportunities, reps, firms, brand, step);
            decisions[i].time = due[i].time;
          }
        },
        64);
  }

 private:
  double utility(Opportunities::Id row, const Opportunities& opportunities,
                 const Reps& reps) const {
    const Reps::Id rep = opportunities.rep[row];
    const double knows = opportunities.joint[row] > 0 ? opportunities.joint[row]
                                                      : reps.knows(rep, opportunities.product[row]);
    return utility(opportunities.stage[row], knows, reps.skill[rep]) + opportunities.edge[row] +
           opportunities.reference[row];
  }
  double against(double ours, std::size_t rivals) const {
    const double others =
        sim::exp(no_decision) + static_cast<double>(rivals) * sim::exp(rival_strength);
    return ours / (ours + others);
  }

  Decision decide(Needs::Id need, const Needs& needs, const Opportunities& opportunities,
                  const Reps& reps, const Firms& firms, double brand, const sim::Step& step) const {
    static thread_local std::vector<double> weights;  // of the sellers within the nest
    const sim::Key key = needs.key(need);
    sim::Draw draw = step.draw_once(streams::of("choice"), key);
    const double pick = draw.uniform();
    const double pick_seller = draw.uniform();
    const double heard = sim::exp(brand + price_weight * sim::log(price / price_of(needs, need)));
    const double ours = heard * offers(need, needs, opportunities, reps, weights, draw.normal());
    double total = sim::exp(no_decision) + ours;
    static thread_local std::vector<double> rivals;
    rivals.clear();
    for (std::size_t row = 0; row < firms.size(); ++row) {
      if (firms.kind[Firms::Id(row)] != FirmKind::rival) break;  // rivals stand first
      rivals.push_back(sim::exp(rival_strength + taste_sigma * draw.normal()));
      total += rivals.back();
    }
    const std::size_t market = rivals.size();
    for (int i = 0; i < needs.imposed[need]; ++i) {
      rivals.push_back(sim::exp(rival_strength + taste_sigma * draw.normal()));
      total += rivals.back();
    }
    double mark = pick * total - ours;
    if (mark < 0) return {need, vendor(market), seller(need, needs, weights, pick_seller), 0};
    for (std::size_t row = 0; row < rivals.size(); ++row) {
      mark -= rivals[row];
      // Those that a page or a partner imposes are one firm, the last (setup.cpp).
      if (mark < 0)
        return {need, Firms::Id(row < market ? row : firms.size() - 1), Opportunities::Id::none(),
                0};
    }
    return {need, Firms::Id::none(), Opportunities::Id::none(), 0};
  }

  static Firms::Id vendor(std::size_t rivals) { return Firms::Id(rivals); }

  // exp of the nest's utility; 0 if nobody touched the need. `weights` are the sellers' within the
  // nest, the best one's being 1, so that no dissimilarity is too small for the numbers.
  double offers(Needs::Id need, const Needs& needs, const Opportunities& opportunities,
                const Reps& reps, std::vector<double>& weights, double taste,
                std::int32_t since = std::numeric_limits<std::int32_t>::min()) const {
    constexpr double nobody = -std::numeric_limits<double>::infinity();
    double best = nobody;
    weights.assign(needs.opportunities[need], nobody);
    for (std::uint32_t i = 0; i < needs.opportunities[need]; ++i) {
      const Opportunities::Id row = needs.opportunity(need, i);
      if (opportunities.engaged_day[row] == never) continue;
      if (opportunities.joint_with[row] != 0) continue;  // the executive's speaks for both
      if (opportunities.worked_week[row] < since || opportunities.barred[row]) continue;
      weights[i] = utility(row, opportunities, reps) / nest;
      best = std::max(best, weights[i]);
    }
    double sum = 0;
    for (double& weight : weights) sum += weight = weight == nobody ? 0 : sim::exp(weight - best);
    if (sum == 0) return 0;
    return sim::exp(nest * (best + sim::log(sum)) + taste_sigma * taste - needs.confusion[need]);
  }

  static Opportunities::Id seller(Needs::Id need, const Needs& needs,
                                  const std::vector<double>& weights, double pick) {
    double sum = 0;
    for (const double weight : weights) sum += weight;
    double mark = pick * sum;
    std::size_t chosen = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
      if (weights[i] <= 0) continue;
      chosen = i;
      mark -= weights[i];
      if (mark < 0) break;
    }
    return needs.opportunity(need, chosen);
  }
};

}  // namespace ecosystem
