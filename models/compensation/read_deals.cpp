// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "models/compensation/deal_cells.h"
#include "models/compensation/deal_log.h"
#include "sim/diagnostic.h"

namespace compensation {
namespace {

constexpr std::array<std::string_view, 7> row_types{
    "deal", "credit_note", "churn", "non_payment", "downgrade", "claim", "mdf_claim"};

struct DealKey {
  std::string id;
  bool note;
  sim::Date day;  // of a note: two notes of one deal differ by it
  friend auto operator<=>(const DealKey&, const DealKey&) = default;
};

class DealReader : private DealCells {
 public:
  using DealCells::DealCells;

  DealLog run() {
    if (read_header())
      while (problems_.size() < most_problems && csv_.next(cells_)) read_row();
    if (csv_.open_quote()) fail_row("a quote is never closed");
    if (problems_.empty() && log_.rows == 0) fail_at(1, 1, "", "the log has no rows", "");
    if (problems_.empty()) link();
    if (problems_.empty()) check_deals();
    if (!problems_.empty()) throw sim::ScenarioError(std::move(problems_));
    put_in_order(log_, plan_.crediting_event);
    return std::move(log_);
  }

 private:
  struct Late {  // a row about a deal that may stand further down
    std::string id;
    std::size_t line, index;
  };

  // --- rows ----------------------------------------------------------------------------------
  void read_row() {
    ++log_.rows;
    const std::string_view word = text(type);
    const auto at = std::ranges::find(row_types, word.empty() ? row_types[0] : word);
    if (at == row_types.end()) {
      fail(type, fmt::format("'{}' is no type of row", word),
           fmt::format("allowed: {}", fmt::join(row_types, ", ")));
      return;
    }
    switch (static_cast<RowType>(at - row_types.begin())) {
      case RowType::deal:
        read_deal(false);
        break;
      case RowType::credit_note:
        read_deal(true);
        break;
      case RowType::claim:
        read_claim();
        break;
      case RowType::mdf_claim:
        read_fund_claim();
        break;
      default:
        read_event(static_cast<RowType>(at - row_types.begin()));
        break;
    }
  }

  std::uint32_t payee_of() {
    const auto [at, fresh] = payee_numbers_.emplace(std::string(text(payee)),
                                                    static_cast<std::uint32_t>(log_.payees.size()));
    if (fresh) log_.payees.push_back(at->first);
    return at->second;
  }

  Deal read_values(bool note) {
    Deal deal;
    deal.id = std::string(text(deal_id));
    deal.is_note = note;
    deal.line = csv_.line();
    deal.product = std::string(text(product));
    deal.kind = std::string(text(kind));
    deal.channel = std::string(text(channel));
    deal.registration = std::string(text(registration));
    for (std::size_t b = 0; b < deal.value.size(); ++b) {
      const Column column = basis_column(static_cast<Basis>(b));
      deal.value[b] = amount_of(column, column == units ? 0 : plan_.digits, "R1");
    }
    if (text(units).empty()) deal.value[6] = note ? -1 : 1;
    deal.invoiced = date_of(invoice_date, "R3");
    deal.collected = date_of(cash_date, "R3");
    deal.start = date_of(start_date, "R17");
    if (!text(term_months).empty())
      deal.term_months = static_cast<std::int32_t>(
          std::clamp<std::int64_t>(amount_of(term_months, 0, "R17"), 0, 1200));
    return deal;
  }

  void check_product(const std::string& name) {
    if (name.empty() || plan_.products.empty() ||
        std::ranges::find(plan_.products, name) != plan_.products.end())
      return;
    const std::string near = sim::nearest(name, plan_.products);
    fail(product, fmt::format("R23: the plan knows no product '{}'", name),
         near.empty() ? fmt::format("products: {}", fmt::join(plan_.products, ", "))
                      : fmt::format("did you mean '{}'?", near));
  }

  void read_deal(bool note) {
    Deal deal = read_values(note);
    if (deal.id.empty()) fail(deal_id, "R3: the row has no deal_id");
    if (text(amount).empty()) fail(amount, "R1: the deal has no amount");
    const auto day = date_of(date, "R3");
    if (!day && text(date).empty()) fail(date, "R3: the deal has no date");
    if (!day) return;
    deal.booked = *day;
    if (note && deal.value[0] > 0)
      fail(amount, "R18: a credit note has a negative amount", "write -100 for a refund of 100");
    for (const auto& later : {deal.invoiced, deal.collected})
      if (later && *later < *day)
        fail(date, "R3: the deal is invoiced or paid before it is booked");
    check_product(deal.product);
    const auto number = static_cast<std::uint32_t>(log_.deals.size());
    const DealKey key{deal.id, note, note ? deal.booked : sim::Date{}};
    const auto [at, fresh] = deal_numbers_.emplace(key, number);
    if (fresh)
      log_.deals.push_back(std::move(deal));
    else
      check_same(log_.deals[at->second], deal);
    read_part(at->second);
  }

  // Rows of one deal tell the same deal.
  void check_same(const Deal& first, const Deal& again) {
    const auto facts = [](const Deal& deal) {
      return std::tie(deal.booked, deal.value, deal.product, deal.kind, deal.channel,
                      deal.registration, deal.invoiced, deal.collected, deal.start,
                      deal.term_months);
    };
    if (facts(first) == facts(again)) return;
    fail(deal_id,
         fmt::format("R14: deal '{}' has another date, amount, product, ... in line {}", again.id,
                     first.line),
         "each row of a deal repeats it; the payee's share is 'split'");
  }

  void read_part(std::uint32_t deal) {
    Part part;
    part.deal = deal;
    part.line = csv_.line();
    part.role = text(role).empty() ? "seller" : std::string(text(role));
    part.commissionable = yes(commissionable);
    part.quota_credit = yes(quota_credit);
    if (!text(split).empty()) {
      const auto share = read_share(text(split));
      if (!share || share->billionths < 0 || *share > Share::whole(1))
        fail(split, fmt::format("R14: '{}' is no share from 0% to 100%", text(split)));
      part.split = share.value_or(Share::whole(1));
    }
    if (text(payee).empty()) return;
    part.payee = payee_of();
    if (!seen_.emplace(deal, part.payee, part.role).second)
      fail(deal_id, fmt::format("R3: deal '{}' stands twice for {}", text(deal_id), text(payee)),
           "one row per deal and payee");
    log_.parts.push_back(std::move(part));
  }

  void read_event(RowType row) {
    ContractEvent event;
    event.type = row;
    const auto day = date_of(date, "R17");
    if (!day) {
      if (text(date).empty()) fail(date, "R17: the event has no date");
      return;
    }
    event.day = *day;
    event.lost = amount_of(amount, plan_.digits, "R17");
    if (row == RowType::downgrade && event.lost <= 0)
      fail(amount, "R17: a downgrade says the amount lost");
    late_.push_back({std::string(text(deal_id)), csv_.line(), log_.events.size()});
    log_.events.push_back(event);
  }

  void read_claim() {
    Claim claim;
    claim.line = csv_.line();
    claim.channel = std::string(text(channel));
    claim.registered = date_of(registered, "R26");
    claim.touched = date_of(touched, "R26");
    claim.hours = amount_of(hours, 2, "R26");
    if (claim.hours < 0) fail(hours, "R26: hours are not negative");
    if (text(payee).empty()) {
      fail(payee, "R26: a claim says who claims");
      return;
    }
    claim.payee = payee_of();
    late_claims_.push_back({std::string(text(deal_id)), csv_.line(), log_.claims.size()});
    log_.claims.push_back(std::move(claim));
  }

  void read_fund_claim() {
    const auto day = date_of(date, "R25"), activity = date_of(start_date, "R25");
    if (!day || !activity || text(payee).empty()) {
      fail(start_date,
           "R25: a claim on the fund says 'payee', 'date' and 'start_date' (the activity)");
      return;
    }
    const std::int64_t spent = amount_of(amount, plan_.digits, "R25");
    if (spent < 0) fail(amount, "R25: money spent is not negative");
    log_.fund_claims.push_back({payee_of(), *day, *activity, spent});
  }

  // --- the whole -----------------------------------------------------------------------------
  // Events and claims find their deals.
  void link() {
    const auto find = [&](const Late& late, std::string_view rule) -> std::uint32_t {
      const auto at = deal_numbers_.find(DealKey{late.id, false, {}});
      if (at != deal_numbers_.end()) return at->second;
      fail_at(static_cast<std::uint32_t>(late.line), 1, "deal_id",
              fmt::format("{}: there is no deal '{}' in the log", rule, late.id), "");
      return 0;
    };
    for (const Late& late : late_) {
      ContractEvent& event = log_.events[late.index];
      event.deal = find(late, "R17");
      if (problems_.empty() && event.day < log_.deals[event.deal].booked)
        fail_at(static_cast<std::uint32_t>(late.line), 1, "date",
                "R17: the event lies before its deal", "");
    }
    for (const Late& late : late_claims_) log_.claims[late.index].deal = find(late, "R26");
  }

  // R14: the seller rows of a deal; somebody is credited or claims.
  void check_deals() {
    std::vector<std::int64_t> sums(log_.deals.size());
    std::vector<std::uint8_t> sellers(log_.deals.size());
    for (const Part& part : log_.parts)
      if (part.role == "seller") {
        sums[part.deal] += part.split.billionths;
        sellers[part.deal] = 1;
      }
    for (std::size_t i = 0; i < sums.size() && plan_.splits == Splits::sum_to_100; ++i)
      if (sellers[i] && sums[i] != billion)
        fail_at(static_cast<std::uint32_t>(log_.deals[i].line), 1, "split",
                fmt::format("R14: the seller rows of deal '{}' sum to {}, not 100%",
                            log_.deals[i].id, Share{sums[i]}.text()),
                "other roles (overlay) do not count; splits = \"may_exceed_100\" allows more");
  }

  DealLog log_;
  std::map<std::string, std::uint32_t, std::less<>> payee_numbers_;
  std::map<DealKey, std::uint32_t> deal_numbers_;
  std::set<std::tuple<std::uint32_t, std::uint32_t, std::string>> seen_;
  std::vector<Late> late_, late_claims_;
};

}  // namespace

DealLog read_deals(std::string_view text, std::string_view display_name, const Plan& plan) {
  return DealReader(text, display_name, plan).run();
}

}  // namespace compensation
