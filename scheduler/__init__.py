"""DOOR 1: the metronome that wakes the use cases."""
