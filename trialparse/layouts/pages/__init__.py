"""One module per page layout, each with a `LAYOUT`. A new file here is a new layout; nothing else changes."""
