# SPDX-License-Identifier: Apache-2.0
"""The one exception of this package that a user is meant to see."""


class BadInput(ValueError):
    """A log, a map file or a folder cannot be used; the message says why and what to do.

    `exit_code` is the command line's code for bad input.
    """

    exit_code = 3
