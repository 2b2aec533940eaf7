# SPDX-License-Identifier: Apache-2.0
"""`python -m pardner.startups`: the page that posts survival and rounds beside their sources."""

import sys

from ..command_line import guarded
from .page import main

sys.exit(guarded(lambda: main(sys.argv[1:]), "startups"))
