"""`python -m voice_triage` is the same as the `voice-triage` command."""

import sys

from voice_triage.cli import main

if __name__ == "__main__":
    sys.exit(main())
