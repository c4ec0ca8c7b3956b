"""What comes out: frozen, typed models with spans into the caller's text."""
