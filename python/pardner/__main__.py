# SPDX-License-Identifier: Apache-2.0
"""`python -m pardner COMMAND ...`: the commands of `pardner` that are written in Python."""

import sys

from .command_line import main

sys.exit(main(sys.argv[1:]))
