"""MEMORY: all the SQL of the house, its tables and its sealed columns."""
