"""THINKING, pure: what a person meant and what to do about it. No SQL, no clock, no network."""
