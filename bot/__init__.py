"""THINKING, pure: what a person meant and what to do about it, without SQL, clock or network."""
