# SPDX-License-Identifier: Apache-2.0
"""What tests of pictures need."""

from matplotlib.figure import Figure
from matplotlib.text import Text


def texts(figure: Figure) -> str:
    """All that a picture says, in one line."""
    figure.canvas.draw()
    return " | ".join(t.get_text().replace("\n", " ") for t in figure.findobj(Text))
