"""Errors to messages and exit codes, in one place."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable

from voice_triage.app.screen.printable import printable
from voice_triage.errors import EXIT_INTERRUPTED, EXIT_OK, EXIT_UNAVAILABLE, VoiceTriageError

_OUTPUT_FAILED = (errno.ENOSPC, errno.EFBIG, errno.EIO)
"""Disk full, file too large, terminal gone. Files that we open ourselves have their own errors."""


def exit_code_of(command: Callable[[], int]) -> int:
    """Run ``command``; its exit code, or that of its error, whose message goes to stderr."""
    try:
        return command()
    except VoiceTriageError as error:
        for line in str(error).splitlines():
            print(f"voice-triage: {printable(line)}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("\nvoice-triage: interrupted.", file=sys.stderr)
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away (`| head`). Python would complain at exit otherwise.
        _output_to_nowhere()
        return EXIT_OK
    except OSError as error:
        if error.errno not in _OUTPUT_FAILED:
            raise
        _output_to_nowhere()
        print(f"voice-triage: standard output failed ({error.strerror}).", file=sys.stderr)
        return EXIT_UNAVAILABLE


def _output_to_nowhere() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
