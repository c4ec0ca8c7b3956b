"""Passages of readable text -> an outline: inclusion, exclusion and other nodes, nested as printed."""
