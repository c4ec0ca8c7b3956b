"""Rows of tables, and JSON or XML of no known format, read by the names of their columns."""

from __future__ import annotations

from trialparse.layouts.rows import Rows

LAYOUT = Rows()
