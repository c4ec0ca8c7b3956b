"""Which form of trialparse this is. This module is compiled with all the others or not at all."""

from __future__ import annotations

compiled: bool = not __file__.endswith((".py", ".pyc"))
"""Whether the modules that read criteria are compiled, as in the wheel that `compile=yes` builds."""
