"""A county that does not exist, for trying and measuring: planned, filed, published by a seed."""
