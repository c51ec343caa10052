"""Runs a session in a child process, and starts it again if native code crashes it.

The speech libraries are native: some faults end the process where no exception reaches. NoInput
would be the worst answer, so the parent starts a new session, which says so and names the
emergency number first.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable

MOST_RESTARTS = 3
_LOOK_AFTER_S = 1.0
_CRASHES = frozenset({signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGILL, signal.SIGFPE})


def supervised(session: Callable[[bool], int]) -> int:
    """Exit code of ``session(restarted)``, run in a child process and again after each crash.

    Call before any thread is started.
    """
    if not hasattr(os, "fork"):
        return session(False)
    for attempt in range(MOST_RESTARTS + 1):
        status = _in_child(session, restarted=attempt > 0)
        if not os.WIFSIGNALED(status):
            return os.waitstatus_to_exitcode(status)
        signal_number = os.WTERMSIG(status)
        if signal_number not in _CRASHES:
            return 128 + signal_number
        name = signal.Signals(signal_number).name
        print(f"voice-triage: the speech library crashed ({name}).", file=sys.stderr)
    print(
        "voice-triage: it keeps crashing. If this is an emergency, call your emergency number now. "
        "Otherwise try: voice-triage run --input keyboard --output silent",
        file=sys.stderr,
    )
    return 1


def _in_child(session: Callable[[bool], int], *, restarted: bool) -> int:
    """Wait status of one child that runs ``session``."""
    sys.stdout.flush()
    sys.stderr.flush()
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        code = 1
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
        try:
            code = session(restarted)
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the child to handle
    terminate = signal.signal(signal.SIGTERM, lambda *_: os.kill(child, signal.SIGTERM))
    try:
        while True:
            try:
                return os.waitpid(child, 0)[1]
            except InterruptedError:
                continue
    finally:
        signal.signal(signal.SIGINT, before)
        signal.signal(signal.SIGTERM, terminate)


def _end_with(parent: int) -> None:
    """End this child when its parent was killed: nobody could stop it from talking any more."""
    while os.getppid() == parent:
        time.sleep(_LOOK_AFTER_S)
    os._exit(1)
