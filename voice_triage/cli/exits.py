"""Errors to messages and exit codes, in one place."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from voice_triage.errors import EXIT_INTERRUPTED, EXIT_OK, VoiceTriageError


def exit_code_of(command: Callable[[], int]) -> int:
    """Run ``command``; its exit code, or that of its error, whose message goes to stderr."""
    try:
        return command()
    except VoiceTriageError as error:
        for line in str(error).splitlines():
            print(f"voice-triage: {line}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("\nvoice-triage: interrupted.", file=sys.stderr)
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away (`| head`). Python would complain at exit otherwise.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_OK
