# SPDX-License-Identifier: Apache-2.0
"""Files that are there whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from .errors import BadInput


def write_together(contents: dict[Path, str | bytes]) -> list[Path]:
    """Write all files or none: each to a neighbour first, then all renamed into place.

    Raises BadInput with the reason (no folder, no right, disk full); nothing is left behind.
    """
    waiting: list[tuple[str, Path]] = []
    try:
        for path, content in contents.items():
            raw = content.encode() if isinstance(content, str) else content
            handle, partial = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
            waiting.append((partial, path))
            with os.fdopen(handle, "wb") as file:
                file.write(raw)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(partial, 0o666 & ~_umask())
        for partial, path in waiting:
            os.replace(partial, path)
    except OSError as error:
        raise BadInput(f"{path.name}: cannot be written: {error.strerror}") from None
    finally:
        for partial, _ in waiting:
            with contextlib.suppress(OSError):
                os.unlink(partial)
    return list(contents)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
