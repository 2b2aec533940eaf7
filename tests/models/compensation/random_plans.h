// SPDX-License-Identifier: Apache-2.0
#pragma once
// Random plans of one to three components. Numbers are small and round, so that deals often land
// on the bounds of tiers, quotas, caps and pools.

#include "tests/models/compensation/random_commission.h"

namespace random_plans {

class PlanWriter {
 public:
  PlanWriter(Luck& luck, const Wish& wish, Case& c) : luck_(luck), wish_(wish), case_(c) {}

  void draw_if_none() {
    for (const std::string& text : case_.tables)
      if (text.starts_with("[draw]")) return;
    draw();
  }

  void write() {
    head();
    target_and_quota();
    const int count = 1 + static_cast<int>(luck_.below(3));
    for (int i = 0; i < count; ++i) component(fmt::format("c{}", i));
    if (wish_.team || wish_.roll_up || wish_.season) payees();
    if (wish_.subquota && luck_.chance(30)) subquota();
    if (wish_.cap && luck_.chance(30)) cap();
    if (wish_.clawback && luck_.chance(40)) clawback();
    if (wish_.draw && luck_.chance(30)) draw();
    if (wish_.change && luck_.chance(25)) change();
  }

 private:
  static int length(std::string_view span) {
    return span == "month" ? 1 : span == "quarter" ? 3 : 12;
  }
  std::string_view pick(std::initializer_list<std::string_view> words) { return luck_.pick(words); }
  bool chance(int percent) { return luck_.chance(percent); }
  void table(std::string text) { case_.tables.push_back(std::move(text)); }
  std::string date() { return (new_year() + static_cast<int>(luck_.below(400))).text(); }
  std::string sum(std::int64_t most) {
    return chance(70) ? fmt::format("{}", 100 * luck_.below(most / 100 + 1))
                      : fmt::format("\"{}\"", money(luck_.below(100 * most)));
  }
  std::string names(const std::vector<std::string>& all) {
    std::string text;
    for (const std::string& name : all) text += (text.empty() ? "\"" : ", \"") + name + "\"";
    return "[" + text + "]";
  }
  std::string some(const std::vector<std::string>& all) {
    std::vector<std::string> left;
    for (const std::string& name : all)
      if (chance(70)) left.push_back(name);
    if (left.empty()) left.push_back(all[0]);
    return names(left);
  }

  void head() {
    paid_ = wish_.paid.empty() ? pick({"month", "month", "quarter", "year"}) : wish_.paid;
    std::string text = fmt::format(
        "format = 1\nname = \"random\"\ncurrency = \"USD\"\npaid = \"{}\"\n"
        "crediting_event = \"booking\"\nsplits = \"sum_to_100\"\nproducts = [\"A\", \"B\"]\n",
        paid_);
    if (chance(15))
      text += fmt::format("year_starts = {}\n", 1 + luck_.below(12));
    else if (chance(15))
      text += "calendar = \"fiscal\"\nstart = 2027-02-01\n";
    table(text);
  }

  // A season's periods are no longer than any measuring period, so with one all are quarters up.
  void target_and_quota() {
    table(fmt::format("[target]\nincentive = {}\nper = \"{}\"\n", 100 * (1 + luck_.below(20)),
                      pick({"month", "quarter", "year"})));
    season_ = wish_.season && wish_.measure.empty() && chance(15);
    quota_per_ = season_ ? "year" : pick({"month", "quarter", "year"});
    std::string text = fmt::format("[quota]\namount = {}\nper = \"{}\"\n",
                                   250 * (1 + luck_.below(20)), quota_per_);
    if (season_) text += "season = [\"40%\", \"30%\", \"20%\", \"10%\"]\n";
    if (wish_.season && chance(30))
      text += fmt::format("start_rule = \"{}\"\n", pick({"15th", "daily", "full"}));
    if (wish_.season && chance(30))
      text += fmt::format("ramp = [\"25%\", \"50%\", \"75%\"]\nramp_rate = \"{}\"\n",
                          pick({"base", "super"}));
    const bool measurable = wish_.measure.empty() || length(wish_.measure) <= length(quota_per_);
    ratchet_ = wish_.ratchet && !season_ && measurable && chance(20);
    if (ratchet_)
      text += fmt::format("ratchet = {{weight = \"50%\", growth = \"5%\", direction = \"{}\"}}\n",
                          pick({"up_only", "both"}));
    if (!wish_.plain && chance(15)) text += "basis = \"margin\"\n";
    if (!wish_.plain && chance(15)) text += "products = [\"A\"]\n";
    pooled_ = wish_.team && !ratchet_ && chance(20);
    if (pooled_)
      text += pick({"measured_on = \"team\"\n", "measured_on = \"mix\"\nown_weight = \"30%\"\n"});
    table(text);
  }

  void payees() {
    for (const std::string_view name : people) {
      std::string text = fmt::format("[payee.{}]\n", name);
      if (wish_.season && chance(30))
        text += fmt::format("start = {}\n", date());
      else if (wish_.season && chance(20))
        text += fmt::format("end = {}\n", date());
      if (chance(20)) text += fmt::format("quota = {}\n", 250 * (1 + luck_.below(20)));
      if (chance(20)) text += fmt::format("target = {}\n", 100 * (1 + luck_.below(20)));
      if (wish_.team && (name != "Cy" || chance(50))) text += "team = \"East\"\n";
      table(text);
    }
    if (rolled_up_) table("[payee.Max]\nmanages = [\"Ann\", \"Bob\"]\n");
  }

  // --- components ------------------------------------------------------------------------------
  std::string measure() {
    std::string_view text =
        season_ ? pick({"quarter", "year"}) : pick({"month", "quarter", "quarter", "year"});
    // R21: what a team is measured by is no shorter than the pay period.
    if (pooled_ && length(text) < length(paid_)) text = paid_;
    // R20: a ratchet's next quota is not known before its period is over.
    if (ratchet_ && length(text) > length(quota_per_)) text = quota_per_;
    if (!wish_.measure.empty()) text = wish_.measure;
    measures_.emplace_back(text);
    return fmt::format("measure = \"{}\"\n", text);
  }

  std::string filter() {
    std::string text;
    if (wish_.plain) return text;
    if (chance(15)) text += fmt::format("products = [\"{}\"]\n", pick({"A", "B"}));
    if (wish_.at_least && chance(10)) text += "at_least = 200\n";
    if (chance(10)) text += "roles = [\"seller\"]\n";
    if (wish_.roll_up && chance(10)) {
      text += "credits = \"rolled_up\"\n";
      rolled_up_ = true;
    }
    return text;
  }

  void component(const std::string& name) {
    components_.push_back(name);
    const std::string begin = fmt::format("[component.{}]\n", name);
    const auto kind = luck_.below(wish_.outside ? 14 : wish_.others ? 10 : 7);
    if (kind < 7) {
      const std::string span = measure();
      return table(begin + span + commission() + filter());
    }
    if (kind == 7) return table(begin + "type = \"curve\"\n" + measure() + curve() + filter());
    if (kind < 10) return table(begin + "type = \"bonus\"\n" + measure() + bonus() + filter());
    measures_.emplace_back();
    if (kind < 12) return table(begin + spif() + filter());
    if (kind == 12 && wish_.contest)
      return table(begin + fmt::format("type = \"contest\"\nfrom = 2027-01-10\nto = {}\n"
                                       "prizes = [500, 200.05, 100]\n",
                                       pick({"2027-03-31", "2027-07-15"})));
    table(begin + fmt::format("type = \"claims\"\nrate = \"10%\"\npolicy = \"{}\"\n"
                              "window_days = 200\nlast_day = \"excluded\"\nqueue = true\n"
                              "claims_cap = {}\n",
                              pick({"first_registered", "equal", "pay_all", "last_touch"}),
                              pick({"\"none\"", "\"15%\""})));
  }

  std::string curve() {
    return fmt::format(
        "points = {}\nbeyond = \"{}\"\n",
        pick({"[[\"50%\", \"0%\"], [\"100%\", \"100%\"], [\"150%\", \"220%\"]]",
              wish_.at_zero ? "[[\"0%\", \"10%\"], [\"80%\", \"50%\"], [\"133.3%\", \"133.3%\"]]"
                            : "[[\"20%\", \"10%\"], [\"80%\", \"50%\"]]"}),
        pick({"flat", "extend"}));
  }

  std::string bonus() {
    const bool catch_up = wish_.catch_up && chance(40);
    catches_up_ = catches_up_ || catch_up;
    return fmt::format("{}\nat = \"{}\"\ncatch_up = {}\n",
                       pick({"amount = 333.33", "share_of_target = \"35%\"", "amount = 500"}),
                       pick({"100%", "80%", "110%"}), catch_up);
  }

  std::string spif() {
    std::string text = fmt::format("type = \"spif\"\nfrom = 2027-01-10\nto = 2027-{}\n{}\n",
                                   pick({"03-31", "12-31", "02-14"}),
                                   pick({"per_deal = 50", "rate = \"5%\"", "per_unit = 30"}));
    const bool pool = chance(60), limit = chance(40);
    if (pool) text += "pool = " + sum(400) + "\n";
    if (limit) text += "per_person = " + sum(300) + "\n";
    if (pool || limit) text += fmt::format("last_claim = \"{}\"\n", pick({"none", "partial"}));
    return text + fmt::format("stackable = {}\n", chance(60));
  }

  std::string commission() {
    return CommissionWriter(luck_, wish_).write(length(measures_.back()) >= length(paid_));
  }

  // --- what bounds pay -------------------------------------------------------------------------
  void subquota() {
    const auto at = static_cast<std::size_t>(luck_.below(std::ssize(components_)));
    if (measures_[at].empty()) return;
    std::string text = fmt::format("[subquota.s]\nmeasure = \"{}\"\napplies_to = [\"{}\"]\n",
                                   measures_[at], components_[at]);
    if (chance(50)) text += "products = [\"B\"]\n";
    if (wish_.team && length(measures_[at]) >= length(paid_) && chance(30))
      text += "on = \"team\"\n";
    if (chance(50))
      text += fmt::format("kind = \"gate\"\namount = {}\n", 250 * (1 + luck_.below(6)));
    else if (chance(30))
      text += "kind = \"gate\"\nquota = true\nat = \"60%\"\n";
    else
      text += fmt::format(
          "kind = \"multiplier\"\namount = {}\n"
          "steps = [{{from = \"0%\", times = \"80%\"}}, {{from = \"100%\", times = \"115%\"}}]\n",
          250 * (1 + luck_.below(6)));
    table(text);
  }

  void cap() {
    for (const std::string_view name : {"x", "y"}) {
      std::string_view per = "year";
      if (paid_ == "month") per = pick({"month", "quarter", "year"});
      if (paid_ == "quarter") per = pick({"quarter", "year"});
      const bool deal = wish_.deal_cap && chance(30);
      table(fmt::format("[cap.{}]\ncomponents = {}\namount = {}\nper = \"{}\"\nover = \"{}\"\n",
                        name, some(components_), sum(400), deal ? "deal" : per,
                        !deal && chance(40) ? "refundable" : "forfeited"));
      if (chance(60)) return;
    }
  }

  void clawback() {
    std::vector<std::string> all;
    for (std::size_t i = 0; i < components_.size(); ++i)
      if (!measures_[i].empty()) all.push_back(components_[i]);
    const bool restated = !all.empty() && wish_.restated && !catches_up_ && chance(40);
    table(fmt::format(
        "[clawback]\ntriggers = [\"churn\", \"downgrade\"]\ncomponents = {}\n{}\n{}\n"
        "valued_at = \"{}\"\n",
        some(restated ? all : components_), pick({"window_months = 6", "window_days = 200"}),
        pick({"amount = \"full\"", "amount = \"pro_rata\"",
              "amount = \"sliding\"\nsteps = [{month = 0, share = \"100%\"}, "
              "{month = 2, share = \"50%\"}]"}),
        restated ? "restated" : "original_rate"));
  }

  void draw() {
    std::string text = fmt::format("[draw]\namount = {}\n", sum(300));
    if (chance(30)) {
      text += "kind = \"non_recoverable\"\n";
    } else {
      text += fmt::format(
          "kind = \"recoverable\"\nfloor = \"{}\"\nrecovery_starts = {}\nrecovery_share = \"{}\"\n"
          "leaver = \"{}\"\n",
          pick({"draw", "none"}), 1 + luck_.below(4), pick({"100%", "50%", "33.3%"}),
          pick({"forgiven", "owed"}));
    }
    if (chance(40)) text += "from = 2027-02-01\n";
    if (chance(40)) text += "to = 2027-08-31\n";
    table(text);
  }

  void change() {
    std::string text = fmt::format("[[change]]\nfrom = {}\n", date());
    if (chance(50)) text += fmt::format("quota.amount = {}\n", 250 * (1 + luck_.below(20)));
    if (chance(40)) text += fmt::format("target.incentive = {}\n", 100 * (1 + luck_.below(20)));
    table(text);
  }

  Luck& luck_;
  const Wish& wish_;
  Case& case_;
  std::string_view paid_;
  std::vector<std::string> components_;
  std::string quota_per_;
  bool catches_up_ = false;
  bool ratchet_ = false;
  std::vector<std::string> measures_;  // of the components; empty: they have none
  bool season_ = false, rolled_up_ = false, pooled_ = false;
};

inline Case random_case(Luck& luck, const Wish& wish) {
  Case c;
  c.salt = static_cast<std::uint64_t>(luck.below(1 << 30));
  PlanWriter(luck, wish, c).write();
  add_rows(luck, wish, c);
  return c;
}

}  // namespace random_plans
