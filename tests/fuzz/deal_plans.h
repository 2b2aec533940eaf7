// SPDX-License-Identifier: Apache-2.0
#pragma once
// Plans that between them use every type of component and every rule about sums.

namespace fuzz {

inline constexpr const char* deal_plans[] = {
    // What changes in the course of a year. First: it asks the least of a log.
    R"(
format = 1
name = "changes"
currency = "USD"
paid = "month"
crediting_event = "booking"
splits = "may_exceed_100"
year_starts = 4
target = {incentive = "5k", per = "month"}
quota = {amount = "1M", per = "year", season = ["10%", "20%", "30%", "40%"]}
[component.marginal]
type = "commission"
measure = "quarter"
reading = "marginal"
tiers = [{from = "0%", rate = "8%"}, {from = "100%", rate = "12%"}]
[component.retro]
type = "commission"
measure = "year"
reading = "retroactive"
tiers = [{from = 0, rate = "1%"}, {from = "200k", rate = "3%"}]
[component.bonus]
type = "bonus"
measure = "quarter"
amount = 1000
at = "90%"
catch_up = true
[component.push]
type = "spif"
from = 2027-01-01
to = 2027-12-31
per_deal = 100
pool = 1000
last_claim = "none"
stackable = true
[clawback]
triggers = ["churn"]
components = ["marginal", "retro", "bonus"]
window_months = 12
amount = "full"
valued_at = "original_rate"
[draw]
amount = 300
kind = "non_recoverable"
[[change]]
from = 2027-05-15
quota.amount = "2M"
component.marginal.tiers = [{from = "0%", rate = "7%"}, {from = "90%", rate = "15%"}]
component.retro.tiers = [{from = 0, rate = "2%"}, {from = "150k", rate = "2.5%"}]
[[change]]
from = 2027-08-01
component.push.pool = 500
cap.all = {components = ["marginal", "retro"], amount = 9000, per = "year", over = "refundable"}
)",
    // Own pay: quota with ramp, accelerator, windfall, bonus, SPIFs, contest, caps, draw, clawback.
    R"(
format = 1
name = "own"
currency = "USD"
paid = "month"
crediting_event = "booking"
splits = "sum_to_100"
products = ["core", "addon"]
target = {incentive = "60k", per = "year"}
quota = {amount = "1.2M", per = "year", start_rule = "daily", ramp = ["50%", "75%"], ramp_rate = "super"}
payee.Ann = {start = 2027-01-20, end = 2027-11-30}
payee.Bob = {quota = "2M", target = "90k", start = 2026-01-01}
[component.commission]
type = "commission"
measure = "quarter"
reading = "marginal"
base_rate = "target/quota"
tiers = [{from = "0%", to = "100%", times = 1}, {from = "100%", times = 1.5}]
windfall = {above = "300k", pays = "base_rate", quota_credit = false}
minimum_per_deal = 25
[component.bonus]
type = "bonus"
measure = "quarter"
share_of_target = "2.5%"
at = "100%"
catch_up = true
[component.curve]
type = "curve"
measure = "year"
points = [["50%", "0%"], ["100%", "10%"], ["130%", "16%"]]
beyond = "extend"
[component.push]
type = "spif"
products = ["addon"]
from = 2027-02-01
to = 2027-05-31
per_unit = 150
pool = 4000
per_person = 1700
last_claim = "partial"
stackable = false
[component.start]
type = "spif"
from = 2027-01-01
to = 2027-12-31
rate = "1%"
pool = 9000
last_claim = "none"
stackable = false
[component.race]
type = "contest"
from = 2027-01-01
to = 2027-06-30
prizes = [5000, 3000, 1000]
least = 100
[subquota.addon]
kind = "multiplier"
products = ["addon"]
applies_to = ["commission"]
measure = "quarter"
units = 3
steps = [{from = "0%", times = "80%"}, {from = "100%", times = "110%"}]
[cap.deal]
components = ["commission"]
amount = 20000
per = "deal"
over = "forfeited"
[cap.quarter]
components = ["commission", "bonus", "start"]
amount = 30000
per = "quarter"
over = "refundable"
[clawback]
triggers = ["churn", "non_payment", "downgrade"]
components = ["commission", "start"]
window_months = 12
amount = "pro_rata"
valued_at = "original_rate"
[draw]
amount = 2000
kind = "recoverable"
floor = "draw"
recovery_starts = 2
recovery_share = "50%"
leaver = "forgiven"
)",
    // Teams, restated periods, a roll-up that retroactive tiers pay.
    R"(
format = 1
name = "team"
currency = "JPY"
paid = "month"
crediting_event = "invoice"
splits = "may_exceed_100"
target = {incentive = "6M", per = "year"}
quota = {amount = "90k", per = "quarter", measured_on = "mix", own_weight = "40%"}
payee.Ann = {team = "west"}
payee.Bob = {team = "west", start = 2027-02-16}
payee.Cal = {team = "east", manages = ["Ann", "Bob"]}
[component.tiers]
type = "commission"
measure = "quarter"
reading = "retroactive"
tiers = [{from = "0%", rate = "4%"}, {from = "75%", rate = "6%"}, {from = "100%", rate = "9%"}]
threshold = "30%"
threshold_pays = "above_only"
[component.table]
type = "commission"
measure = "month"
reading = "interpolated"
tiers = [{from = 0, amount = 0}, {from = 40000, amount = 3000}, {from = 90000, amount = 9999}]
[component.bonus]
type = "bonus"
measure = "quarter"
amount = 7777
catch_up = false
at = "100%"
[component.curve]
type = "curve"
measure = "quarter"
points = [["0%", "0%"], ["100%", "1%"]]
beyond = "flat"
[component.manager]
type = "commission"
credits = "rolled_up"
measure = "year"
reading = "marginal"
tiers = [{from = 0, rate = "0.123456789"}, {from = 50001, rate = "0.5%"}]
[subquota.gate]
kind = "gate"
on = "team"
quota = true
at = "60%"
applies_to = ["bonus"]
measure = "quarter"
[clawback]
triggers = ["churn", "downgrade"]
components = ["tiers", "table", "bonus", "curve"]
window_days = 400
amount = "sliding"
steps = [{month = 0, share = "100%"}, {month = 3, share = "50%"}]
valued_at = "restated"
)",
    // By the deal, by other bases; fiscal quarters; a ratchet; a season would forbid it.
    R"(
format = 1
name = "deals"
currency = "EUR"
paid = "quarter"
crediting_event = "booking"
splits = "may_exceed_100"
calendar = "fiscal"
start = 2027-02-01
quota = {amount = 80, per = "year", basis = "units", ratchet = {weight = "50%", growth = "5%", direction = "both"}}
[component.flat]
type = "commission"
kinds = ["new"]
measure = "month"
reading = "per_deal_flat"
size = "deal"
tiers = [{from = 0, rate = "5%"}, {from = 50000, rate = "7%"}]
[component.step]
type = "commission"
basis = "margin"
measure = "quarter"
reading = "per_deal_step"
size = "deal"
tiers = [{from = 0, rate = "5%"}, {from = "1k", rate = "33.3333333%"}]
minimum_per_deal = 3
[component.meetings]
type = "commission"
basis = "units"
measure = "quarter"
reading = "marginal"
tiers = [{from = "0%", each = 100}, {from = "100%", each = 170}]
[component.value]
type = "commission"
basis = "tcv"
measure = "plan"
reading = "retroactive"
tiers = [{from = 0, rate = "1%"}, {from = 100000, rate = "2%"}]
threshold = 60000
threshold_pays = "from_first_dollar"
[component.spread]
type = "commission"
basis = "first_year"
channels = ["reseller"]
measure = "year"
reading = "marginal"
tiers = [{from = "0%", rate = "3%"}, {from = "77.7%", rate = "4%"}]
[clawback]
triggers = ["churn", "non_payment", "downgrade"]
components = ["flat", "step", "meetings", "value", "spread"]
window_months = 24
amount = "full"
valued_at = "restated"
)",
    // Partners: fund, guarantee, referral claims of all policies.
    R"(
format = 1
name = "partners"
currency = "USD"
paid = "month"
crediting_event = "cash"
splits = "sum_to_100"
payee.Ann = {end = 2027-09-30}
payee.Bob = {}
component.fund = {type = "mdf", accrual = "3%", match = "50%", deadline_days = 30}
component.first = {type = "claims", rate = "10%", policy = "first_registered", window_days = 90, last_day = "excluded", queue = true, claims_cap = "none"}
component.market = {type = "claims", rate = "3%", policy = "marketplace", window_days = 60, last_day = "included", queue = false, claims_cap = "5%"}
component.touch = {type = "claims", rate = "1%", policy = "first_touch", claims_cap = "none"}
component.last = {type = "claims", rate = "1%", policy = "last_touch", claims_cap = "none"}
component.equal = {type = "claims", rate = "7%", policy = "equal", claims_cap = "none", basis = "margin"}
component.effort = {type = "claims", rate = "7%", policy = "effort", claims_cap = "none"}
component.decay = {type = "claims", rate = "7%", policy = "time_decay", half_life_days = 7, claims_cap = "none"}
component.all = {type = "claims", rate = "7%", policy = "pay_all", claims_cap = "12%"}
component.house = {type = "claims", rate = "7%", policy = "house", claims_cap = "none", registrations = ["approved"]}
[component.royalty]
type = "commission"
measure = "quarter"
reading = "marginal"
tiers = [{from = 0, rate = "2.5%"}]
minimum = 1000
[draw]
amount = 500
kind = "recoverable"
floor = "none"
recovery_starts = 1
recovery_share = "100%"
leaver = "owed"
from = 2027-02-01
to = 2027-06-30
)",
};

}  // namespace fuzz
