"""Measurements and generators for contributors; not part of the installed program."""
