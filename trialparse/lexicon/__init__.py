"""Tables as data (measures, units, scales, headings) and the modules that load and check them."""
