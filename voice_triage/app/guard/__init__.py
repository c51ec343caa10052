"""Keeps a session alive through crashes, hangs, lost devices and a second copy of itself."""
