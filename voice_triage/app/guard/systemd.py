"""Tells systemd that the program is ready and alive (sd_notify), so that it is restarted if not.

Ten lines over a documented socket: the packages for it need a compiler, or are no longer kept.
Source: sd_notify(3).
"""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from contextlib import suppress

READY = "READY=1"
ALIVE = "WATCHDOG=1"


def notify(message: str, environment: Mapping[str, str] = os.environ) -> None:
    """Send one message; nothing happens where systemd did not ask for it."""
    address = environment.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.settimeout(0.2)
        sender.sendto(message.encode(), address.replace("@", "\0", 1))
