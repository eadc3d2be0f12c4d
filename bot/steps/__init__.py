"""One file per kind of talk; each turns a moment of it into a Decision."""
