"""DOOR 2: HTTP, for the carrier, the agencies, the crews, the staff and the public."""
