"""WHAT IS SAID: every text, its budget, its programmes and its languages; the only room with words in it."""
