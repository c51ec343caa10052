"""Runs a session in a child process, and goes on in a new one when it crashes or hangs.

The speech libraries are native: some faults end the process where no exception reaches, and a
sound server that is stuck never lets a call return. Silence would be the worst answer, so the
parent, which touches neither, holds what is known and starts a new child, which goes on with it.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable
from contextlib import suppress

from voice_triage.app.guard import lifeline, systemd
from voice_triage.app.guard.lifeline import Lifeline

HEARTBEAT_S = 5.0
"""Without a sign of life for this long the child hangs, and is killed."""
START_S = 15.0
"""… before its first one: a small computer with a slow card takes its time to load Python."""
MOST_CRASHES = 10
CRASH_WINDOW_S = 600.0
"""So many within so long, and no new child is started: about a minute where each one hangs at
once. A device that runs for a year may crash now and then."""
EXIT_CRASHED = 70
"""Of a child that met an exception nobody expected (EX_SOFTWARE)."""
_LOOK_S = 0.25
_STALLED_S = 2.0
"""If the parent itself did not run for so long, the whole machine slept: nobody hung."""
_WANTED_TO_END = frozenset({signal.SIGTERM, signal.SIGINT, signal.SIGHUP})


def supervised(session: Callable[[Lifeline], int], give_up: Callable[[str], None]) -> int:
    """Exit code of ``session``, run in a child process and in another one after each crash.

    ``give_up``: called once, with what was known last, when there were too many.
    Call before any thread is started.
    """
    if not hasattr(os, "fork"):
        return session(Lifeline())
    crashes: deque[float] = deque()
    known = ""
    while True:
        child = _Child(session, Lifeline(known=known, restarted=bool(crashes)))
        status = child.wait()
        known = child.known
        if os.WIFEXITED(status) and os.WEXITSTATUS(status) != EXIT_CRASHED:
            return os.WEXITSTATUS(status)
        if os.WIFSIGNALED(status) and not child.hung and os.WTERMSIG(status) in _WANTED_TO_END:
            return 128 + os.WTERMSIG(status)
        _report(f"the session {_in_words(status, hung=child.hung)}.")
        now = time.monotonic()
        crashes.append(now)
        while now - crashes[0] > CRASH_WINDOW_S:
            crashes.popleft()
        if len(crashes) >= MOST_CRASHES:
            give_up(known)
            return 1


def _in_words(status: int, *, hung: bool) -> str:
    if hung:
        return f"gave no sign of life for {HEARTBEAT_S:g} s"
    if os.WIFSIGNALED(status):
        return f"crashed ({signal.Signals(os.WTERMSIG(status)).name})"
    return "met an unexpected error"


def _report(message: str) -> None:
    with suppress(OSError, ValueError):  # standard error may be closed or full
        print(f"voice-triage: {message}", file=sys.stderr, flush=True)


class _Child:
    """One child process, watched until it ends."""

    def __init__(self, session: Callable[[Lifeline], int], given: Lifeline) -> None:
        self.known = given.known
        """The latest state that the child handed over."""
        self.hung = False
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError, AttributeError):
                stream.flush()
        parent = os.getpid()
        self._pipe, writing = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            os.close(self._pipe)
            line = Lifeline(writing, given.known, restarted=given.restarted)
            os._exit(_run(session, line, parent))
        os.close(writing)
        os.set_blocking(self._pipe, False)
        self._received = b""
        self._last_sign = time.monotonic()
        self._patience_s = START_S

    def wait(self) -> int:
        """Wait status at its end; Ctrl-C is for the child to handle, SIGTERM is passed on."""
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        terminate = signal.signal(signal.SIGTERM, lambda *_: os.kill(self._pid, signal.SIGTERM))
        try:
            return self._watch()
        finally:
            signal.signal(signal.SIGINT, before)
            signal.signal(signal.SIGTERM, terminate)
            os.close(self._pipe)

    def _watch(self) -> int:
        looked = self._last_sign
        while True:
            ended, status = os.waitpid(self._pid, os.WNOHANG)
            if ended:
                self._read()  # what it handed over in its last moment
                return status
            with suppress(InterruptedError):
                select.select([self._pipe], [], [], _LOOK_S)
            now = time.monotonic()
            if now - looked > _STALLED_S:
                self._last_sign = now
            looked = now
            if not self._read() and now - self._last_sign > self._patience_s:
                self.hung = True
                os.kill(self._pid, signal.SIGKILL)
                return os.waitpid(self._pid, 0)[1]

    def _read(self) -> bool:
        """Take in what has come; True if it was a sign of life."""
        alive = False
        while True:
            try:
                data = os.read(self._pipe, 65536)
            except OSError:  # nothing is waiting
                break
            if not data:
                time.sleep(0.01)  # its end of the line is closed: it is about to end
                break
            alive = True
            *lines, self._received = (self._received + data).split(lifeline.END)
            for line in lines:
                self._take(line)
        if alive:
            self._last_sign = time.monotonic()
        return alive

    def _take(self, line: bytes) -> None:
        self._patience_s = HEARTBEAT_S
        if line.startswith(lifeline.KNOWN):
            self.known = line[1:].decode()
        elif line == lifeline.READY:
            systemd.notify(systemd.READY)
        systemd.notify(systemd.ALIVE)


def _run(session: Callable[[Lifeline], int], line: Lifeline, parent: int) -> int:
    """Exit code of the session in this child; nothing that it raises is swallowed."""
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    code = EXIT_CRASHED
    try:
        code = session(line)
    except BaseException:
        with suppress(OSError, ValueError):
            traceback.print_exc()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            stream.flush()
    return code


def _end_with(parent: int) -> None:
    """End this child when its parent was killed: nobody could stop it from talking any more."""
    while os.getppid() == parent:
        time.sleep(1.0)
    os._exit(1)
