# SPDX-License-Identifier: Apache-2.0
"""How the exports of known tools name their columns and stages.

A preset is data: column aliases are compared after `squash` (lower case, letters and digits
only), so "Close Date", "CloseDate" and "close_date" are one name.
"""

from __future__ import annotations

from dataclasses import dataclass

FIELDS = ("id", "agent", "product", "account", "stage", "opened", "closed", "value")
OUTCOMES = ("won", "lost", "open", "ignored")


def squash(text: str) -> str:
    """Return the lower-case letters and digits of `text`: the form in which names compare."""
    return "".join(c for c in text.casefold() if c.isalnum())


@dataclass(frozen=True)
class Preset:
    """One tool's export.

    columns: field -> names it goes by, the first present wins.
    required: fields without which the file is not of this kind.
    signature: squashed column names of which at least one must be there (tells tools apart).
    stages: squashed stage -> outcome.
    day_first: how an ambiguous 03/04/2024 is read.
    """

    name: str
    columns: dict[str, tuple[str, ...]]
    required: tuple[str, ...]
    signature: tuple[str, ...]
    stages: dict[str, str]
    day_first: bool = False


MAVEN = Preset(
    name="maven",
    columns={
        "id": ("opportunityid",),
        "agent": ("salesagent",),
        "product": ("product",),
        "account": ("account",),
        "stage": ("dealstage",),
        "opened": ("engagedate",),
        "closed": ("closedate",),
        "value": ("closevalue",),
    },
    required=("id", "stage", "opened", "closed"),
    signature=("salesagent", "engagedate", "closevalue"),
    stages={"won": "won", "lost": "lost", "engaging": "open", "prospecting": "open"},
)

SALESFORCE = Preset(
    name="salesforce",
    columns={
        "id": ("opportunityid", "id", "opportunityname", "name"),
        "agent": ("opportunityowner", "owner", "owneralias", "ownername", "ownerid"),
        "product": ("productname", "productfamily", "product", "type"),
        "account": ("accountname", "account", "accountid"),
        "stage": ("stage", "stagename"),
        "opened": ("createddate", "created"),
        "closed": ("closedate",),
        "value": ("amount", "amountconverted", "expectedamount"),
    },
    required=("stage", "opened", "closed"),
    signature=("stagename", "opportunityowner", "opportunityname", "opportunityid", "accountname"),
    stages={
        "closedwon": "won",
        "closedlost": "lost",
        "duplicate": "ignored",
        "prospecting": "open",
        "qualification": "open",
        "needsanalysis": "open",
        "valueproposition": "open",
        "iddecisionmakers": "open",
        "perceptionanalysis": "open",
        "proposalpricequote": "open",
        "negotiationreview": "open",
        "discovery": "open",
        "proposal": "open",
        "negotiation": "open",
    },
)

HUBSPOT = Preset(
    name="hubspot",
    columns={
        "id": ("recordid", "dealid", "dealname"),
        "agent": ("dealowner", "hubspotownerid", "owner"),
        "product": ("associatedlineitem", "product", "dealtype", "pipeline"),
        "account": (
            "associatedcompanyprimary",
            "associatedcompany",
            "associatedcompanynames",
            "associatedcompanyids",
            "companyname",
        ),
        "stage": ("dealstage",),
        "opened": ("createdate", "hscreatedate"),
        "closed": ("closedate",),
        "value": ("amount", "amountincompanycurrency"),
    },
    required=("stage", "opened", "closed"),
    signature=("dealname", "dealowner", "recordid", "dealid", "hubspotownerid"),
    stages={
        "closedwon": "won",
        "closedlost": "lost",
        "appointmentscheduled": "open",
        "qualifiedtobuy": "open",
        "presentationscheduled": "open",
        "decisionmakerboughtin": "open",
        "contractsent": "open",
    },
)

PRESETS = {p.name: p for p in (MAVEN, SALESFORCE, HUBSPOT)}

# Side tables of a folder in the maven shape, told by the columns they must have.
SIDE_TABLES = {
    "products": ("product", "salesprice"),
    "accounts": ("account", "sector"),
    "teams": ("salesagent", "regionaloffice"),
}

# Industry words against which a misspelt sector is recognised.
SECTORS = (
    "technology", "medical", "retail", "software", "entertainment", "marketing",
    "telecommunications", "finance", "employment", "services", "manufacturing", "education",
    "government", "energy", "transport", "agriculture", "construction", "insurance", "hospitality",
)  # fmt: skip


def columns_of(header: list[str], preset: Preset) -> dict[str, int]:
    """Return field -> column number for those fields of `preset` that `header` names."""
    names = [squash(h) for h in header]
    found = {}
    for field, aliases in preset.columns.items():
        hit = next((names.index(a) for a in aliases if a in names), None)
        if hit is not None:
            found[field] = hit
    return found


def detect(header: list[str]) -> Preset | None:
    """Return the preset whose required columns are all in `header`, best match first."""
    names = {squash(h) for h in header}
    scored = []
    for preset in PRESETS.values():
        found = columns_of(header, preset)
        if all(f in found for f in preset.required) and names & set(preset.signature):
            scored.append((len(names & set(preset.signature)), len(found), preset.name))
    return PRESETS[max(scored)[2]] if scored else None
