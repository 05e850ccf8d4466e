"""Comparing: lists over departments and years, made from the public index."""
