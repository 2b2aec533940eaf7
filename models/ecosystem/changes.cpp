// SPDX-License-Identifier: Apache-2.0
// What a dated intervention changes, and what it may not.
#include "models/ecosystem/model.h"

namespace ecosystem {

// What is drawn or laid down at the start cannot change later without inventing new luck.
static void refuse_if_changed(bool changed, const char* key) {
  if (changed)
    throw sim::BadInput(std::string(key) +
                        " is fixed at the start and cannot change by a dated "
                        "intervention");
}

void World::apply(const sim::Settings& settings) {
  const Demand demand = settings.get<Demand>("demand");
  refuse_if_changed(settings.get<Market>("market").partner_only != the<Market>().partner_only,
                    "market.partner_only");
  refuse_if_changed(
      settings.get<Registration>("registration").squatters != the<Registration>().squatters,
      "registration.squatters");
  refuse_if_changed(demand.rate_sigma != the<Demand>().rate_sigma, "demand.rate_sigma");
  refuse_if_changed(the<Demand>().rate == 0 && demand.rate > 0, "demand.rate = 0");
  refuse_if_changed(!cancellations_watched_ && settings.get<Cancellation>("cancellation").on(),
                    "cancellation.rate = 0");
  const double pace = the<Demand>().rate > 0 ? demand.rate / the<Demand>().rate : 1;
  told_.read(settings);
  read_classes(settings);
  follow_directive();
  price_products(settings);
  change_plans(settings);
  for (std::size_t row = 0; row < partnerships.size(); ++row) refresh_margin(Partnerships::Id(row));
  for (std::size_t row = 0; row < reps.size(); ++row) refresh_knowledge(Reps::Id(row), true);
  if (pace == 1) return;
  for (std::size_t row = 0; row < accounts.size(); ++row) {
    accounts.need_rate[Accounts::Id(row)] *= pace;
    the<Demand>().repace(accounts, Accounts::Id(row), arrivals_);
  }
}

// The number of the product that managers tell people to push; -1: none.
void World::follow_directive() {
  const std::string& name = the<Reasoning>().directive_product;
  directive_product_ = -1;
  if (name.empty()) return;
  for (std::size_t k = 0; k < product_names_.size(); ++k)
    if (product_names_[k] == name) directive_product_ = static_cast<int>(k);
  if (name == "own") directive_product_ = static_cast<int>(product_names_.size());
  sim::validate(directive_product_ >= 0, "reasoning.directive_product '" + name +
                                             "' is no product of the scenario, nor \"own\"");
}

// What may change at a date.
void World::price_products(const sim::Settings& settings) {
  const auto entries = settings.entries<Product>("product");
  for (std::size_t row = 0; row < products.size(); ++row) {
    const Products::Id id(row);
    products.list_price[id] = entries[row].second.list_price.minor;
    products.size_sigma[id] = entries[row].second.size_sigma;
    products.unit_cost[id] = entries[row].second.unit_cost;
    products.options[id] = entries[row].second.options;
    products.option_value[id] = entries[row].second.option_value;
  }
}

}  // namespace ecosystem
