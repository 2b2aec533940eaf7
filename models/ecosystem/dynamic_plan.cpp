// SPDX-License-Identifier: Apache-2.0
#include "models/ecosystem/dynamic_plan.h"

#include <cmath>
#include <mutex>
#include <utility>
#include <vector>

#include "sim/math.h"

namespace ecosystem {
namespace {

// What a table is made from.
using Recipe = std::vector<double>;

planning::DynamicSetup setup_of(const planning::PayCurve& curve, int weeks, double booking_cv,
                                double present_bias, double discount_per_week, double elasticity) {
  planning::DynamicSetup setup;
  setup.weeks = weeks;
  setup.paces = planning::paces_between(.2 / weeks, 4.0 / weeks, 12);
  setup.biases = {present_bias};
  setup.unforced = 1 - elasticity;
  setup.cost = curve.base_rate() / weeks * elasticity;
  setup.discount = sim::exp(-discount_per_week);
  setup.sd = booking_cv * sim::sqrt(13.0) / weeks;  // of a week: cv x quarter's quota x sqrt(1/13)
  setup.cells = 50;
  return setup;
}

Recipe recipe_of(const planning::PayCurve& curve, const planning::DynamicSetup& setup) {
  Recipe recipe{static_cast<double>(setup.weeks),
                setup.biases[0],
                setup.unforced,
                setup.cost,
                setup.discount,
                setup.sd};
  for (const planning::PayCurve::Piece& piece : curve.pieces())
    recipe.insert(recipe.end(), {piece.from, piece.value, piece.slope});
  return recipe;
}

// Replicates share a table. A handful is kept: a run has two roles and few plans.
std::shared_ptr<const planning::DynamicTable> made_once(const planning::PayCurve& curve,
                                                        const planning::DynamicSetup& setup) {
  using Made = std::pair<Recipe, std::shared_ptr<const planning::DynamicTable>>;
  static std::mutex mutex;
  static std::vector<Made> made;
  const std::scoped_lock lock(mutex);
  const Recipe recipe = recipe_of(curve, setup);
  for (const auto& [known, table] : made)
    if (known == recipe) return table;
  if (made.size() >= 16) made.erase(made.begin());
  made.emplace_back(recipe, std::make_shared<const planning::DynamicTable>(curve, setup));
  return made.back().second;
}

}  // namespace

DynamicPlan dynamic_plan(RolePayroll& payroll, sim::Date day, double booking_cv,
                         double present_bias, double discount_per_week, double elasticity) {
  const compensation::Standing standing = payroll.standing(0, day);
  if (standing.quota <= 0) return {};
  const planning::PayCurve curve = payroll.quota_curve(0, day, standing.quota);
  if (curve.base_rate() <= 0) return {};
  const int weeks = static_cast<int>(std::lround(standing.weeks));
  return {made_once(curve, setup_of(curve, weeks, booking_cv, present_bias, discount_per_week,
                                    elasticity)),
          standing.quota};
}

}  // namespace ecosystem
