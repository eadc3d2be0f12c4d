"""The queues that people would use instead: the same work, the same carrier, the same table, each in one small file."""
