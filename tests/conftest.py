# SPDX-License-Identifier: Apache-2.0
"""Settings for all Python tests."""

import hypothesis

# The same cases each time; machines in continuous integration are too uneven for a deadline.
hypothesis.settings.register_profile("fixed", derandomize=True, deadline=None)
hypothesis.settings.load_profile("fixed")
