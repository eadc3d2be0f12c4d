"""CALLS: what rings, what is spoken and what is pressed, from the first ring to the last status callback."""
