"""`python -m bench.peers [TEXTS]`: the peers beside the product; those that are not installed are named."""

import sys

from bench.peers.beside import measure

if __name__ == "__main__":
    print("\n".join(measure(*map(int, sys.argv[1:2]))))
