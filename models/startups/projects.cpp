// SPDX-License-Identifier: Apache-2.0
// What partners give each other, and how partnerships end.
#include <algorithm>

#include "models/startups/model.h"
#include "sim/scratch.h"

namespace startups {

namespace {

struct Claim {  // of a partnership on a startup's hours
  double fit;
  std::uint64_t key;
  std::uint32_t row;
  bool program, from;
  bool earns;  // customers have come of it: it is own business by now
};

constexpr int judged_at = 78;  // weeks after signing (SC30: 18 months)

}  // namespace

void World::work(const sim::Step& step) {
  step.each(startups, [&](Startups::Id startup) { give_hours(startup); });
}

// Writes this side's column of each partnership only, so sides may be served at the same time.
void World::give_hours(Startups::Id startup) {
  const Projects& projects = the<Projects>();
  startups.partnering[startup] = 0;
  if (!startups.runs(startup) || startups.partners[startup] == 0) return;
  const auto earns = [](const auto& edges, auto edge) {
    return edges.phase[edge] == Phase::live && edges.joint_customers[edge] > 0;
  };
  sim::Scratch<Claim, 256> claims;
  each_pair(startup, [&](Pairs::Id pair) {
    claims.push({pairs.complementarity[pair], pairs.key(pair).value, pair.index(), false,
                 pairs.from[pair] == startup, earns(pairs, pair)});
  });
  for (const Programs::Id program : programs.of(startup))
    claims.push({programs.complementarity[program], programs.key(program).value, program.index(),
                 true, true, earns(programs, program)});
  std::sort(claims.begin(), claims.end(), [](const Claim& a, const Claim& b) {
    return a.fit != b.fit ? a.fit > b.fit : a.key < b.key;
  });
  const auto wanted_by = [&](const auto& edges, auto edge, bool from) {
    return projects.wanted(edges.phase[edge], (from ? edges.from_total : edges.to_total)[edge]);
  };
  double left = std::max(0.0, startups.free[startup]) * projects.share;
  for (const Claim& claim : claims) {
    const double wanted = claim.program ? wanted_by(programs, Programs::Id(claim.row), true)
                                        : wanted_by(pairs, Pairs::Id(claim.row), claim.from);
    const bool pledged = claim.earns || projects.pledge == Pledge::both ||
                         (projects.pledge == Pledge::one && claim.from);
    const double given = pledged ? wanted : std::min(wanted, left);
    left = std::max(0.0, left - given);
    startups.partnering[startup] += given;
    if (claim.program)
      programs.from_hours[Programs::Id(claim.row)] = given;
    else
      (claim.from ? pairs.from_hours : pairs.to_hours)[Pairs::Id(claim.row)] = given;
  }
}

// Unless they go by worth (giants.cpp), a giant's hours for startups are spread evenly over its
// program.
void World::attend(const sim::Step& step) {
  meet_giants(step);
  weigh_startups(step);
  if (the<Attention>().on) return share_attention(step);
  const double pace = the<Projects>().giant_pace;
  for (const std::uint32_t row : programs.by_key()) {
    const Programs::Id program(row);
    const Giants::Id giant = programs.to[program];
    const double hours = giants.attention[giant] / static_cast<double>(giants.partners[giant]);
    programs.to_hours[program] = std::min(pace, hours);
    programs.attention[program] = std::min(1.0, hours / pace);
  }
}

void World::review(const sim::Step&) {
  const Projects& projects = the<Projects>();
  const auto worked = [&](auto& edges, auto edge) {
    double& from = edges.from_total[edge];
    double& to = edges.to_total[edge];
    const double before = std::min(from, to);
    from += edges.from_hours[edge];
    to += edges.to_hours[edge];
    const bool both = edges.from_hours[edge] > 0 && edges.to_hours[edge] > 0;
    if (both || std::min(from, to) > before) edges.last_work[edge] = current_week;
    const bool done =
        projects.paper || projects.integration(edges.from_total[edge], edges.to_total[edge]) >= 1;
    if (edges.phase[edge] == Phase::live || !done) return false;
    edges.phase[edge] = Phase::live;
    return true;
  };
  const auto idle = [&](auto& edges, auto edge) {
    return static_cast<double>(current_week - edges.last_work[edge]) > projects.patience;
  };
  const std::size_t living = pairs.living() + programs.living();
  for (const std::uint32_t row : pairs.by_key()) {
    const Pairs::Id pair(row);
    tally.pairs_live += worked(pairs, pair);
    const std::int64_t age = current_week - pairs.since[pair];
    if (age == judged_at) judge(pair);
    if (idle(pairs, pair))
      end(pair, End::dropped);
    else if (age % 13 == 12 && pairs.phase[pair] == Phase::live &&
             (turns_on(pair, pairs.from[pair]) || turns_on(pair, pairs.to[pair])))
      end(pair, End::defected);
  }
  for (const std::uint32_t row : programs.by_key()) {
    const Programs::Id program(row);
    tally.programs_live += worked(programs, program);
    if (idle(programs, program)) end(program, End::dropped);
  }
  if (pairs.living() + programs.living() < living) rebuild_edges();
}

void World::judge(Pairs::Id pair) {
  ++tally.pairs_judged;
  tally.pairs_empty += pairs.joint_customers[pair] == 0;
}

bool World::turns_on(Pairs::Id pair, Startups::Id startup) const {
  const std::size_t from = 2 * pair.index();
  if (from + 1 >= joint_fees_.size()) return false;
  const bool asked = pairs.from[pair] == startup;
  const auto own = static_cast<double>(joint_fees_[from + (asked ? 0 : 1)]);
  const auto theirs = static_cast<double>(joint_fees_[from + (asked ? 1 : 0)]);
  const double years = static_cast<double>(current_week - pairs.since[pair]) / weeks_per_year;
  const double share = the<Introductions>().share;
  return the<Defection>().pays(share * own, share * theirs, (1 - share) * own / years);
}

void World::end(Pairs::Id pair, End why) {
  if (current_week - pairs.since[pair] < judged_at) judge(pair);
  const bool wasted = pairs.joint_customers[pair] == 0;
  const auto side = [&](Startups::Id startup, double hours) {
    --startups.partners[startup];
    tally.given += static_cast<std::int64_t>(hours);
    if (!wasted) return;
    startups.wasted_hours[startup] += hours;
    tally.wasted += static_cast<std::int64_t>(hours);
  };
  side(pairs.from[pair], pairs.from_total[pair]);
  side(pairs.to[pair], pairs.to_total[pair]);
  tally.pairs_dropped += why == End::dropped;
  tally.pairs_broken += why == End::broken;
  tally.pairs_defected += why == End::defected;
  pairs.retire(pair);
}

void World::end(Programs::Id program, End) {
  const Startups::Id startup = programs.from[program];
  --startups.partners[startup];
  --giants.partners[programs.to[program]];
  const double hours = programs.from_total[program];
  tally.given += static_cast<std::int64_t>(hours);
  if (programs.joint_customers[program] == 0) {
    startups.wasted_hours[startup] += hours;
    tally.wasted += static_cast<std::int64_t>(hours);
  }
  ++tally.programs_ended;
  programs.retire(program);
}

// Partners fit the new product or they do not (EQ10).
void World::partners_after_pivot(Startups::Id startup, bool large, const sim::Step& step) {
  const Pivot& pivot = the<Pivot>();
  const auto ordinal = static_cast<int>(startups.pivots_drawn[startup]);
  const auto breaks = [&](auto& edges, auto edge, bool same_market) {
    sim::Draw draw = step.random().draw(streams::of("redraw"),
                                        sim::pair(startups.key(startup), edges.key(edge)), ordinal);
    const bool anew = draw.uniform() < (large ? 1 : pivot.small_redraw);
    if (!anew) return false;
    edges.complementarity[edge] =
        draw.uniform() * (same_market ? the<Partnering>().same_market : 1);
    return edges.complementarity[edge] < pivot.breaks_below;
  };
  pairs_to_end_.clear();
  each_pair(startup, [&](Pairs::Id pair) {
    const Startups::Id other = partner(pair, startup);
    if (breaks(pairs, pair, startups.market[other] == startups.market[startup]))
      pairs_to_end_.push_back(pair);
  });
  programs_to_end_.clear();
  for (const Programs::Id program : programs.of(startup))
    if (breaks(programs, program, false)) programs_to_end_.push_back(program);
  for (const Pairs::Id pair : pairs_to_end_) end(pair, End::broken);
  for (const Programs::Id program : programs_to_end_) end(program, End::broken);
  if (!pairs_to_end_.empty() || !programs_to_end_.empty()) rebuild_edges();
}

}  // namespace startups
