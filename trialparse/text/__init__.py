"""Raw text -> readable text with an offset map back to the caller's string."""
