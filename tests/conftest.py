"""What holds for all tests."""

from __future__ import annotations

from hypothesis import settings

# No test is an assertion about time, and a busy machine is no fault.
settings.register_profile("house", deadline=None)
settings.load_profile("house")
