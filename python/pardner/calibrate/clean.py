# SPDX-License-Identifier: Apache-2.0
"""Mending a log: each function repairs one kind of defect and counts what it did."""

from __future__ import annotations

import difflib
from collections import Counter

import numpy as np
import pandas as pd

from .csv_text import Table
from .errors import BadInput
from .mapping import Map
from .presets import SECTORS, Preset, squash

MOST_STAGES = 200


def outcomes(stages: pd.Series, preset: Preset, given: Map, defects: Counter) -> dict[str, str]:
    """Return stage text -> won, lost, open or ignored, for every text in `stages`.

    A stage that neither the preset nor the map knows is read as open, and counted.
    """
    counts = stages.value_counts()
    if len(counts) > MOST_STAGES:
        raise BadInput(f"{len(counts)} different stages: is the stage column the right one?")
    own = {squash(k): v for k, v in given.stages.items()}
    found, unknown = {}, []
    for text, n in counts.items():
        outcome = own.get(squash(text)) or preset.stages.get(squash(text))
        if outcome is None:
            unknown.append(text)
            defects["rows in a stage that is not known (read as open)"] += int(n)
        found[text] = outcome or "open"
    if "won" not in found.values() or "lost" not in found.values():
        names = ", ".join(repr(str(s)[:40]) for s in counts.index[:20])
        raise BadInput(f"no stage is known as won or none as lost; stages are {names}. "
                       'Say which in a map file, as in [stages] "Verkauft" = "won"')  # fmt: skip
    return found


def product_names(products: pd.Series, prices: dict[str, float], defects: Counter) -> pd.Series:
    """Return `products` with spellings joined, the price list's own spelling first.

    Two spellings are one product if they agree in letters and digits ("GTXPro", "GTX Pro"), or
    if a name absent from the price list is close to one name in it.
    """
    counts = products.dropna().value_counts()
    known = {squash(name): name for name in prices}
    for name in counts.index:  # most frequent first: its spelling stands for the others
        known.setdefault(squash(name), _near(name, known, prices) or name)
    spelled = {name: known[squash(name)] for name in counts.index}
    for name, mended_name in spelled.items():
        if name != mended_name:
            defects["rows with another spelling of a product"] += int(counts[name])
        elif prices and name not in prices:
            defects["rows with a product not in the price list"] += int(counts[name])
    return products.map(lambda p: spelled.get(p, p), na_action="ignore")


def _near(name: str, known: dict[str, str], prices: dict[str, float]) -> str | None:
    """Return the product of the price list that `name` misspells; a version number is no slip."""
    digits = [c for c in name if c.isdigit()]
    listed = [squash(p) for p in prices if [c for c in p if c.isdigit()] == digits]
    near = difflib.get_close_matches(squash(name), listed, 1, 0.88)
    return known[near[0]] if near else None


def sectors(accounts: Table, defects: Counter) -> None:
    """Count the sectors of the account list that are misspelt."""
    at = [squash(h) for h in accounts.header].index("sector")
    for row in accounts.rows:
        word = row[at].casefold()
        if word and word not in SECTORS and difflib.get_close_matches(word, SECTORS, 1, 0.85):
            defects["accounts with a misspelt sector"] += 1


def mended(table: pd.DataFrame, defects: Counter) -> pd.DataFrame:
    """Return `table` without ignored and double rows, with impossible dates and values removed.

    Columns as in log.Log.table; rows keep their order.
    """
    ignored = table["stage"] == "ignored"
    defects["rows in an ignored stage"] += int(ignored.sum())
    table = _single(table[~ignored], defects).reset_index(drop=True)
    decided = table["stage"].isin(["won", "lost"])
    # the close date of an open opportunity is a hope (Salesforce and HubSpot ask for one)
    planned = ~decided & table["closed"].notna()
    defects["open opportunities with a planned close date (ignored)"] += int(planned.sum())
    table.loc[planned, "closed"] = pd.NaT
    backwards = decided & (table["closed"] < table["opened"])
    defects["closes before it was engaged (engage date dropped)"] += int(backwards.sum())
    table.loc[backwards, "opened"] = pd.NaT
    undated = decided & table["closed"].isna()
    defects["decided without a close date (dropped)"] += int(undated.sum())
    table = table[~undated].reset_index(drop=True)
    decided = table["stage"].isin(["won", "lost"])
    defects["decided without an engage date"] += int((decided & table["opened"].isna()).sum())
    defects["open without an engage date"] += int((~decided & table["opened"].isna()).sum())
    defects["decided without an account"] += int((decided & table["account"].isna()).sum())
    defects["open without an account"] += int((~decided & table["account"].isna()).sum())
    won = table["stage"] == "won"
    defects["negative values (dropped)"] += int((table["value"] < 0).sum())
    table.loc[table["value"] < 0, "value"] = np.nan
    free = won & ~(table["value"] > 0)
    defects["won without a value"] += int(free.sum())
    table.loc[free | ~won, "value"] = np.nan
    return table


def _single(table: pd.DataFrame, defects: Counter) -> pd.DataFrame:
    """Return `table` with one row per id: of rows that differ, the one decided last."""
    same = table.duplicated() & table["id"].notna()
    defects["rows that repeat another (dropped)"] += int(same.sum())
    table = table[~same]
    # stable sort by whether and when it was decided; NaT first, so keep="last" takes the decided
    order = table.sort_values("closed", na_position="first", kind="stable")
    double = order["id"].notna() & order.duplicated("id", keep="last")
    defects["rows with an id used before (the last decided kept)"] += int(double.sum())
    return order[~double].sort_index()
