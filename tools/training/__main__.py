"""``scripts/train``: errors as messages, with their exit codes. Outside of ``train``, whose every
change asks for new weights."""

import sys

from tools.training.train import main
from voice_triage.app.exits import exit_code_of

if __name__ == "__main__":
    sys.exit(exit_code_of(main))
