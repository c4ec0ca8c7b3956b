"""`python -m trialparse`."""

from trialparse.cli import main

main()
