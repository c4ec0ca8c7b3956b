"""The grammars, as package data; installed as `trialparse.grammars`."""
