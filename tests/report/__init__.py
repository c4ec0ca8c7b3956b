"""The report page: what Python prepares for it, and the page in a real browser."""
