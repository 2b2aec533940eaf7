// SPDX-License-Identifier: Apache-2.0
// Plans, deal logs and what they pay; python/pardner/compensation makes tables of it.
#include <fmt/format.h>

#include "models/compensation/keys.h"
#include "models/compensation/pay_log.h"
#include "models/compensation/read_plan.h"
#include "models/packaged_files.h"
#include "python/bindings/bindings.h"
#include "sim/money.h"

namespace {

using namespace compensation;
using PlanPointer = std::shared_ptr<const Plan>;

struct PlanFile {  // a plan, and the file it was read from
  PlanPointer plan;
  std::string text, name;
};

template <class Value>
py::array_t<std::int64_t> column(const std::vector<Value>& rows, std::int64_t Value::*member) {
  py::array_t<std::int64_t> out(static_cast<py::ssize_t>(rows.size()));
  auto view = out.mutable_unchecked<1>();
  for (std::size_t i = 0; i < rows.size(); ++i) view(static_cast<py::ssize_t>(i)) = rows[i].*member;
  return out;
}

template <class Value, class Of>
py::list texts(const std::vector<Value>& rows, Of of) {
  py::list out(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) out[i] = py::str(of(rows[i]));
  return out;
}

const Tier* tier_of(const Plan& plan, const Entry& entry, int offset) {
  const auto& components = plan.versions.back().components;
  if (entry.component >= static_cast<std::int32_t>(components.size()) || entry.tier < 0)
    return nullptr;
  const auto& tiers = components[static_cast<std::size_t>(entry.component)].commission.tiers;
  const auto at = static_cast<std::size_t>(entry.tier + offset);
  return at < tiers.size() ? &tiers[at] : nullptr;
}

bool counts_units(const Plan& plan, const Entry& entry) {
  const auto& components = plan.versions.back().components;
  return entry.component < static_cast<std::int32_t>(components.size()) &&
         components[static_cast<std::size_t>(entry.component)].basis == Basis::units;
}

std::string bound_text(const Plan& plan, const Entry& entry, int offset) {
  const Tier* tier = tier_of(plan, entry, offset);
  if (!tier) return "";
  if (!tier->of_quota && counts_units(plan, entry)) return std::to_string(tier->from);
  return tier->of_quota ? tier->from_share.text() : sim::to_text({tier->from}, plan.digits);
}

// A share of credit, or money per unit.
std::string rate_text(const Plan& plan, const Entry& entry) {
  if (counts_units(plan, entry) && entry.rate != 0)
    return fmt::format("{:.10g} each",
                       entry.rate / static_cast<double>(sim::power_of_ten(plan.digits)));
  switch (entry.rule) {
    case Rule::marginal:
    case Rule::retroactive:
    case Rule::true_up:
    case Rule::per_deal:
    case Rule::windfall:
    case Rule::claim:
      return fmt::format("{:.12g}%", 100 * entry.rate);
    default:
      return "";
  }
}

py::dict lines_of(const Statement& statement, const Plan& plan) {
  const Payroll& payroll = *statement.payroll;
  const auto& lines = payroll.lines();
  return py::dict(
      py::arg("payee") = texts(lines, [&](const Line& l) { return payroll.payee(l.payee); }),
      py::arg("component") =
          texts(lines, [&](const Line& l) { return payroll.component_name(l.component); }),
      py::arg("period") =
          texts(lines, [&](const Line& l) { return plan.periods.label(plan.paid, l.period); }),
      py::arg("cents") = column(lines, &Line::cents));
}

py::dict trace_of(const Statement& statement, const Plan& plan, const DealLog& log) {
  const Payroll& payroll = *statement.payroll;
  const auto& entries = payroll.entries();
  const auto deal = [&](const Entry& e) {
    return e.deal == no_deal ? std::string() : log.deals[static_cast<std::size_t>(e.deal)].id;
  };
  return py::dict(
      py::arg("payee") = texts(entries, [&](const Entry& e) { return payroll.payee(e.payee); }),
      py::arg("component") =
          texts(entries, [&](const Entry& e) { return payroll.component_name(e.component); }),
      py::arg("period") =
          texts(entries, [&](const Entry& e) { return plan.periods.label(plan.paid, e.period); }),
      py::arg("deal") = texts(entries, deal),
      py::arg("rule") = texts(entries, [](const Entry& e) { return rule_number(e.rule); }),
      py::arg("credit") = column(entries, &Entry::credit),
      py::arg("from_") = texts(entries, [&](const Entry& e) { return bound_text(plan, e, 0); }),
      py::arg("to_") = texts(entries, [&](const Entry& e) { return bound_text(plan, e, 1); }),
      py::arg("rate") = texts(entries, [&](const Entry& e) { return rate_text(plan, e); }),
      py::arg("cents") = column(entries, &Entry::cents),
      py::arg("note") = texts(entries, [](const Entry& e) { return rule_meaning(e.rule); }));
}

py::dict payable_of(const Statement& statement, const Plan& plan) {
  const Payroll& payroll = *statement.payroll;
  const auto& payouts = payroll.payouts();
  return py::dict(
      py::arg("payee") = texts(payouts, [&](const Payout& p) { return payroll.payee(p.payee); }),
      py::arg("period") =
          texts(payouts, [&](const Payout& p) { return plan.periods.label(plan.paid, p.period); }),
      py::arg("earned") = column(payouts, &Payout::earned),
      py::arg("clawback") = column(payouts, &Payout::clawback),
      py::arg("draw_advance") = column(payouts, &Payout::draw_advance),
      py::arg("draw_recovery") = column(payouts, &Payout::draw_recovery),
      py::arg("forgiven") = column(payouts, &Payout::forgiven),
      py::arg("payable") = column(payouts, &Payout::payable),
      py::arg("draw_balance") = column(payouts, &Payout::draw_balance),
      py::arg("debt") = column(payouts, &Payout::debt));
}

py::dict pay_log(const PlanFile& file, const DealLog& log, bool explain) {
  Statement statement;
  {
    const py::gil_scoped_release release;
    statement = pay(file.plan, log, explain ? Payroll::Trace::yes : Payroll::Trace::no);
  }
  py::dict all(py::arg("lines") = lines_of(statement, *file.plan),
               py::arg("payable") = payable_of(statement, *file.plan),
               py::arg("credited") = statement.credited);
  if (explain) all["trace"] = trace_of(statement, *file.plan, log);
  return all;
}

py::list components_of(const PlanFile& file) {
  py::list all;
  for (const Component& component : file.plan->first().components)
    all.append(py::make_tuple(component.name,
                              std::string(type_names[static_cast<std::size_t>(component.type)])));
  return all;
}

py::dict packaged() {
  py::dict plans;
  for (const models::PackagedFile& file : models::packaged_plans())
    plans[py::str(std::string(file.name))] = std::string(file.toml);
  return plans;
}

PlanFile parse(const std::string& text, const std::string& name) {
  return {std::make_shared<const Plan>(read_plan(text, name)), text, name};
}

}  // namespace

void bind_compensation(py::module_& m) {
  py::class_<PlanFile>(m, "Plan")
      .def_static("parse", &parse, py::arg("text"), py::arg("name") = "plan")
      .def_readonly("text", &PlanFile::text)
      .def_readonly("name", &PlanFile::name)
      .def_property_readonly("title", [](const PlanFile& f) { return f.plan->name; })
      .def_property_readonly("currency", [](const PlanFile& f) { return f.plan->currency; })
      .def_property_readonly("minor_units",
                             [](const PlanFile& f) { return sim::power_of_ten(f.plan->digits); })
      .def_property_readonly("components", &components_of)
      .def(py::pickle([](const PlanFile& f) { return py::make_tuple(f.text, f.name); },
                      [](const py::tuple& state) {
                        return parse(state[0].cast<std::string>(), state[1].cast<std::string>());
                      }));
  py::class_<DealLog>(m, "DealLog")
      .def_static(
          "parse",
          [](const std::string& text, const std::string& name, const PlanFile& file) {
            const py::gil_scoped_release release;
            return read_deals(text, name, *file.plan);
          },
          py::arg("text"), py::arg("name"), py::arg("plan"))
      .def_property_readonly("rows", [](const DealLog& log) { return log.rows; })
      .def_property_readonly("payees", [](const DealLog& log) { return log.payees; });
  m.def("pay", &pay_log, py::arg("plan"), py::arg("log"), py::arg("explain") = false);
  m.def("packaged_plans", &packaged);
  m.def("plan_schema", &plan_schema);
}
