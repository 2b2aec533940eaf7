# SPDX-License-Identifier: Apache-2.0
"""CSV files as people send them: any usual encoding and delimiter, ragged rows, NUL bytes."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from .errors import BadInput

LARGEST_FILE = 1 << 30  # bytes
LONGEST_FIELD = 1 << 20  # characters
MOST_COLUMNS = 2000
MOST_LINES_IN_A_CELL = 100


@dataclass(frozen=True)
class Table:
    """A file's cells as text; every row has as many cells as the header."""

    name: str
    sha256: str
    header: list[str]
    rows: list[list[str]]
    encoding: str
    delimiter: str


def read_table(path: Path, defects: Counter) -> Table:
    """Return the cells of the CSV file `path`; adds what was mended to `defects`.

    Raises BadInput if the file is missing, empty, huge or no table at all.
    """
    raw = _bytes_of(path)
    text, encoding = _decode(raw, path.name, defects)
    delimiter = _delimiter(text)
    rows = _rows(text, delimiter, path.name)
    header = [cell.strip() for cell in rows[0]] if rows else []
    if not any(header):
        raise BadInput(f"{path.name}: the file is empty")
    if len(header) > MOST_COLUMNS:
        raise BadInput(f"{path.name}: {len(header)} columns; at most {MOST_COLUMNS}")
    body = []
    for number, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        if any(cell.count("\n") > MOST_LINES_IN_A_CELL for cell in row):
            raise BadInput(f"{path.name}: row {number} holds a quote that is never closed")
        if len(row) != len(header):
            defects["rows with too few or too many cells"] += 1
            row = (row + [""] * len(header))[: len(header)]
        body.append([cell.strip() for cell in row])
    return Table(path.name, hashlib.sha256(raw).hexdigest(), header, body, encoding, delimiter)


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise BadInput(f"{path.name}: larger than {LARGEST_FILE >> 20} MiB")
        raw = path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path.name}: cannot be read: {error.strerror}") from None
    if not raw.strip():
        raise BadInput(f"{path.name}: the file is empty")
    return raw


def _decode(raw: bytes, name: str, defects: Counter) -> tuple[str, str]:
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        if encoding == "utf-16":
            raise BadInput(f"{name}: starts as UTF-16 but is not") from None
        # Excel on Windows; it maps every byte but five, which become a mark
        encoding = "cp1252"
        text = raw.decode(encoding, errors="replace")
        defects["lines not in UTF-8 (read as Windows-1252)"] += sum(
            any(b > 127 for b in line) for line in raw.splitlines()
        )
    if "\0" in text:
        defects["NUL characters (dropped)"] += text.count("\0")
        text = text.replace("\0", "")
        if sum(c.isprintable() or c.isspace() for c in text[:4096]) < 0.9 * len(text[:4096]):
            raise BadInput(f"{name}: not a text file")
    return text, encoding


def _delimiter(text: str) -> str:
    first = text.lstrip().splitlines()[0] if text.strip() else ""
    return max(",;\t|", key=lambda d: (first.count(d), d == ","))


def _rows(text: str, delimiter: str, name: str) -> list[list[str]]:
    csv.field_size_limit(LONGEST_FIELD)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise BadInput(f"{name}: not a CSV file: {error}") from None
