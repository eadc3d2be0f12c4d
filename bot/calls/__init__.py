"""A call, pure: what a key or a word means where the call stands, and what is said next."""
