"""`python -m cli` is the command `afterkit`."""

from cli import main

main()
