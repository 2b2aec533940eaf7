# SPDX-License-Identifier: Apache-2.0
"""Account mapping: which accounts the vendor and each partner share, as a table and as a file.

The file that `Overlap.to_csv` writes is what `[leads] known_accounts` reads: with it, the scenario
has exactly these accounts known to these partners, not a random share of them.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from .. import wording
from ..scenario import Path
from .future import STATUS, Future, What, account_name, look, partner_name, source_of

if TYPE_CHECKING:
    import pandas as pd

SIDES = ("prospect", "customer")
CELLS = tuple((mine, theirs) for mine in SIDES for theirs in reversed(SIDES))


@dataclass(frozen=True)
class Overlap:
    """Accounts of one future at its end, and who knows them. Money in whole currency.

    accounts   by row: region, direct, customer (of the vendor), acv (running contracts, list value a
               year), potential (expected list value of a year's needs)
    reach      account, partner, customer: each account that each candidate knows
    partners   by number: region, status, signed_week, active_week
    """

    future: Future
    accounts: pd.DataFrame
    reach: pd.DataFrame
    partners: pd.DataFrame

    def cells(self, *, candidates: bool = False) -> pd.DataFrame:
        """Tidy: partner, mine, theirs ("prospect", "customer"), accounts, potential, acv.

        candidates: also partners that have not signed.
        """
        import pandas as pd

        shown = self._shown(candidates)
        ours = self.accounts.rename(columns={"customer": "customer_ours"})
        rows = self.reach[self.reach["partner"].isin(shown)].join(ours, on="account")
        rows = rows.assign(
            mine=rows["customer_ours"].map(dict(enumerate(SIDES))),
            theirs=rows["customer"].map(dict(enumerate(SIDES))),
        )
        found = rows.groupby(["partner", "mine", "theirs"]).agg(
            accounts=("account", "size"), potential=("potential", "sum"), acv=("acv", "sum")
        )
        every = pd.MultiIndex.from_product([shown, SIDES, SIDES], names=found.index.names)
        found = found.reindex(every, fill_value=0)
        return found.reset_index().astype({"accounts": int})

    def matrix(self, *, candidates: bool = False, value: str = "accounts") -> pd.DataFrame:
        """A row per partner, a column per (mine, theirs); `value`: accounts, potential or acv."""
        cells = self.cells(candidates=candidates)
        table = cells.pivot(index="partner", columns=["mine", "theirs"], values=value)
        return table[list(CELLS)].rename(index=partner_name)

    def by_count(self, *, candidates: bool = False) -> pd.DataFrame:
        """How many accounts 0, 1, 2 ... partners know: those the vendor reaches itself, and others."""
        rows = self.reach[self.reach["partner"].isin(self._shown(candidates))]
        known = rows["account"].value_counts().reindex(self.accounts.index, fill_value=0)
        direct = self.accounts["direct"].map(
            {1: "also reached by the vendor", 0: "by partners only"}
        )
        table = known.rename("partners").to_frame().assign(direct=direct)
        return table.groupby(["partners", "direct"]).size().unstack(fill_value=0)

    def _shown(self, candidates: bool) -> list[int]:
        signed = self.partners["status"].isin(("signed", "active"))
        return [int(n) for n in self.partners.index[signed | candidates]]

    def to_csv(self, path: Path) -> str:
        """Writes all that is known to any candidate, as `[leads] known_accounts` reads it.

        Columns account, partner, status, and to look at: mine, potential. Returns the path.
        """
        rows = self.reach
        table = rows.assign(
            account=rows["account"].map(account_name), partner=rows["partner"].map(partner_name),
            status=rows["customer"].map(dict(enumerate(SIDES))),
            mine=rows["account"].map(self.accounts["customer"]).map(dict(enumerate(SIDES))),
            potential=rows["account"].map(self.accounts["potential"]).round(2),
        )  # fmt: skip
        where = os.fspath(path)
        partial = where + ".partial"
        try:
            table.drop(columns="customer").to_csv(partial, index=False)
            os.replace(partial, where)
        finally:
            if os.path.exists(partial):
                os.remove(partial)
        return where

    def _amount(self, value: float) -> str:
        return wording.amount(value, wording.Unit(self.future.currency))

    @property
    def sentence(self) -> str:
        """The answer in words."""
        cells = self.cells()
        if cells.empty:
            return "No partner has signed: there is nobody to share accounts with."
        open_ = cells[(cells["mine"] == "prospect") & (cells["theirs"] == "customer")]
        signed = self._shown(False)
        known = self.reach[self.reach["partner"].isin(signed)]
        prospects = known[known["account"].map(self.accounts["customer"]) == 0]
        once = prospects[prospects["customer"] == 1].drop_duplicates("account")
        value = float(once["account"].map(self.accounts["potential"]).sum())
        best = open_.loc[open_["potential"].idxmax()]
        several = int((known["account"].value_counts() > 1).sum())
        return (
            f"{len(signed)} partners know {known['account'].nunique():,} of "
            f"{len(self.accounts):,} accounts. {len(once):,} of your prospects are customers of "
            f"theirs, worth {self._amount(value)} of needs a year; most of it with "
            f"{partner_name(int(best['partner']))} ({int(best['accounts']):,} accounts, "
            f"{self._amount(float(best['potential']))}). {several:,} accounts are known to more "
            "than one partner."
        )

    def __str__(self) -> str:
        return format_overlap(self)

    def _repr_html_(self) -> str:
        from ..html import _cell, _row, _table

        counts, value = self.matrix(), self.matrix(value="potential")
        head = ["partner", *(f"your {m}s, their {t}s" for m, t in CELLS)]
        body = [
            _row([_cell(name, tag="th", scope="row", style="font-weight:400"),
                  *(_cell(f"{counts.loc[name, cell]:,} · {self._amount(value.loc[name, cell])}")
                    for cell in CELLS)])
            for name in counts.index
        ]  # fmt: skip
        title = "Accounts shared with partners: how many, and the list value of a year's needs"
        return _table(title, head, body) + f"<p>{escape(self.sentence)}</p>"


def format_overlap(found: Overlap, *, candidates: bool = False) -> str:
    """The matrix as text for a terminal."""
    counts = found.matrix(candidates=candidates)
    value = found.matrix(candidates=candidates, value="potential")
    heads = [f"your {m}s" for m, _ in CELLS], [f"their {t}s" for _, t in CELLS]
    lines = [[name, *(f"{counts.loc[name, c]:,}  {found._amount(value.loc[name, c])}" for c in CELLS)]
             for name in counts.index]  # fmt: skip
    rows = [["", *heads[0]], ["", *heads[1]], *lines]
    widths = [max(len(row[i]) for row in rows) for i in range(len(CELLS) + 1)]
    text = ["  ".join(cell.ljust(w) if i == 0 else cell.rjust(w)
                      for i, (cell, w) in enumerate(zip(row, widths, strict=True))).rstrip()
            for row in rows]  # fmt: skip
    return "\n".join([*text, "", found.sentence])


def overlap(what: What, *, arm: str | None = None, replicate: int | None = None) -> Overlap:
    """The account mapping of one future at its end.

    what: a result, a result file, or a scenario; the future is simulated again. arm: an option's
    name (None: the first); replicate: number of the future (None: the first).
    """
    source = source_of(what, arm)
    number = source.replicates[0] if replicate is None else replicate
    future = look(source, number, ("account_map", "reach", "partners"))
    partners = future.tables["partners"]
    named = partners.assign(status=[STATUS[i] for i in partners["status"]])
    return Overlap(future, future.tables["account_map"], future.tables["reach"], named)
