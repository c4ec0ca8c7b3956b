"""One module per file format, each with a `LAYOUT` that reads the same record as the page layouts do."""
