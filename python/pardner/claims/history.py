# SPDX-License-Identifier: Apache-2.0
"""The history of claims: each epoch's numbers and verdict, appended and never taken back.

tests/claims/history.json holds for each claim a list of records, the oldest first. A record has
the digests of the claim file and of the golden files it was made with: a table is stale where
they have changed since.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import BadInput
from .claim import Claim
from .estimate import Estimate
from .running import Run
from .verdict import Verdict

PARTS = ("contrasts", "ablation", "control")
Record = dict[str, Any]


@dataclass
class History:
    """Records by claim; `path` is where they are kept."""

    path: Path
    records: dict[str, list[Record]]

    @classmethod
    def load(cls, folder: Path) -> History:
        """The history beside the claim files; empty if there is none."""
        path = folder / "history.json"
        if not path.exists():
            return cls(path, {})
        try:
            held = json.loads(path.read_text("utf-8"))
            return cls(path, held["claims"])
        except (ValueError, KeyError, TypeError) as error:
            raise BadInput(f"{path}: no history of claims: {error}") from None

    def save(self) -> None:
        """Writes it whole or not at all."""
        text = json.dumps({"format": 1, "claims": self.records}, indent=1, sort_keys=True)
        partial = self.path.with_suffix(".partial")
        partial.write_text(text + "\n", "utf-8")
        partial.replace(self.path)

    def append(self, claim: Claim, epoch: int, run: Run, verdict: Verdict, golden: str) -> None:
        """Adds what an epoch gave."""
        record: Record = {
            "epoch": epoch, "pairs": run.pairs, "seed": run.seed, "seconds": round(run.seconds, 1),
            "verdict": verdict.kind, "reason": verdict.reason, "claim": claim.digest,
            "golden": golden, "commit": commit(Path(claim.file)),
        }  # fmt: skip
        for part in PARTS:
            record[part] = {name: one.to_dict() for name, one in getattr(run, part).items()}
        self.records.setdefault(claim.id, []).append(record)

    def fresh(self, claim: Claim) -> int:
        """The first epoch that was never run; 0 belongs to the quick lane."""
        return 1 + max((int(row["epoch"]) for row in self.records.get(claim.id, [])), default=0)

    def latest(self, claim: Claim) -> Record | None:
        """The last record of a claim."""
        rows = self.records.get(claim.id)
        return rows[-1] if rows else None

    def runs(self, claims: list[Claim]) -> dict[str, Run]:
        """The last run of each claim whose file has not changed since: only it may be judged."""
        last = {claim.id: (claim.digest, self.latest(claim)) for claim in claims}
        return {
            name: run_of(record)
            for name, (digest, record) in last.items()
            if record is not None and record["claim"] == digest
        }

    def settle(self, names: list[str], verdicts: Mapping[str, Verdict]) -> None:
        """Verdicts of the records just made, once the whole lane is there for Holm."""
        for name in names:
            self.records[name][-1]["verdict"] = verdicts[name].kind
            self.records[name][-1]["reason"] = verdicts[name].reason


def run_of(record: Mapping[str, Any]) -> Run:
    """A run as its record tells it."""
    run = Run(record["pairs"], record["seed"], record["seconds"])
    for part in PARTS:
        held = {name: Estimate.from_dict(one) for name, one in record[part].items()}
        setattr(run, part, held)
    return run


# The packaged companies that claims are tested in.
GOLDEN = (
    "deal_registration", "hardware_vendor", "overlapping_resellers", "reseller_floor", "saas_60",
    "salesforce", "textbook",
)  # fmt: skip
# Outcomes that anything which changes the economy's numbers changes, too. Not all of them: an
# outcome that is new, or a scenario that is, changes no number that a claim was judged by.
TELLING = ("needs", "decided", "won", "bookings_acv", "commission", "contribution", "cash")


def golden_digest(folder: Path) -> str:
    """The digest of what the economy's golden files beside a folder of claims say: it changes when
    numbers do."""
    hashed = hashlib.sha256()
    for name in GOLDEN:
        path = folder.resolve().parent / "golden" / f"{name}.txt"
        if not path.exists():
            continue
        words = [line.split() for line in path.read_text("utf-8").splitlines()]
        told = [" ".join(line) for line in words if len(line) == 3 and line[1] in TELLING]
        hashed.update("\n".join([name, *told, ""]).encode())
    return hashed.hexdigest()[:16]


def stale(claims: list[Claim], history: History, golden: str) -> list[str]:
    """Claims whose last record is older than the last change of the file or of numbers."""
    found = []
    for claim in (one for one in claims if one.kind != "not_testable"):
        record = history.latest(claim)
        if record is None or (record["claim"], record["golden"]) != (claim.digest, golden):
            found.append(claim.id)
    return found


def commit(file: Path) -> str:
    """The commit of the working tree, "+" if the claim file is not committed as it is."""

    def git(*words: str) -> str:
        command = ["git", "-C", str(file.resolve().parent), *words]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    try:
        changed = git("status", "--porcelain", "--", file.name)
        return git("rev-parse", "--short=10", "HEAD") + ("+" if changed else "")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
