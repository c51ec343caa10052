"""Offline voice triage: asks about symptoms aloud and says how urgent the spoken answers are."""

__version__: str


def __getattr__(name: str) -> str:
    """Look `__version__` up when it is asked for: importlib.metadata costs 30 ms of every start."""
    if name == "__version__":
        from importlib.metadata import version

        return version("voice-triage")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
