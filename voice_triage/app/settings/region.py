"""Which country it is, for the emergency number: chosen, or told by the machine's settings."""

from __future__ import annotations

import os
from collections.abc import Mapping

from voice_triage.content.dialog import Dialog, Region
from voice_triage.errors import UsageError

_TERRITORIES = {"GB": "UK", "CA": "CA", "AU": "AU", "NZ": "NZ"}
"""Territories of a language setting that name a country whose number differs from 112.

``en_US`` is not among them: it is the setting of many machines outside the United States, so it
leads to the region ``en-US``, which names both numbers.
"""


def choose_region(
    dialog: Dialog,
    name: str | None,
    environment: Mapping[str, str] = os.environ,
    *,
    origin: str = "--region",
) -> Region:
    """The named region, or the one that the language setting tells; ``other`` if none does.

    UsageError, which says with ``origin`` where it was named, if the dialog does not have it.
    """
    if name is not None:
        wanted = {"GB": "UK"}.get(name.upper(), name)
        for region in dialog.regions.values():
            if region.id.lower() == wanted.lower():
                return region
        known = ", ".join(dialog.regions)
        raise UsageError(f"{origin} {name}: unknown region; use one of {known}")
    setting = next(
        (environment[k] for k in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(k)), ""
    )
    language, _, territory = setting.partition(".")[0].partition("_")
    guess = _TERRITORIES.get(territory, f"{language}-{territory}")
    return dialog.regions.get(guess, dialog.regions["other"])
