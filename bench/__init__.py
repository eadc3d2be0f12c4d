"""Measurements, not tests: what is heard, how fast a turn is, how soon everything is up."""
