"""Measures: how well replies are understood, how well words are heard, how fast it all is."""
