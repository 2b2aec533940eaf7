# SPDX-License-Identifier: Apache-2.0
"""The one exception of this package that a user is meant to see."""

from ..errors import BadInput

__all__ = ["BadInput"]
