# SPDX-License-Identifier: Apache-2.0
"""Pardner: what a partner ecosystem will do before anyone signs."""

from pardner._core import __version__

__all__ = ["__version__"]
