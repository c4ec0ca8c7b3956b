"""How fast trialparse is, and how much memory it takes: `python -m benchmarks`."""
