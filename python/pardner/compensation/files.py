# SPDX-License-Identifier: Apache-2.0
"""Files that are there whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from ..errors import BadInput


def write_whole(path: str | os.PathLike[str], text: str) -> None:
    """Writes `text` as <path>.partial and renames it, so that nobody sees half a file.

    Raises BadInput with the reason if it cannot be written; nothing is left behind.
    """
    target = Path(path)
    partial = target.with_name(target.name + ".partial")
    try:
        try:
            partial.write_text(text, "utf-8", newline="")
            os.replace(partial, target)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise BadInput(f"{target}: cannot be written: {error.strerror}") from None


def must_be_new(path: str | os.PathLike[str]) -> None:
    """Raises BadInput if the file exists: it is somebody's work."""
    if Path(path).exists():
        raise BadInput(f"{path} exists already; it is kept")


def must_have_folder(path: str | os.PathLike[str]) -> None:
    """Raises BadInput if the folder of the file does not exist."""
    if not Path(path).absolute().parent.is_dir():
        raise BadInput(f"{path}: its folder does not exist")
