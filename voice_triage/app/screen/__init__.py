"""Screens: text for those who read it, or who have it read to them."""
