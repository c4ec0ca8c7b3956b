"""One criterion's text -> what it asks for: atoms -> tokens -> Lark -> requirement."""
