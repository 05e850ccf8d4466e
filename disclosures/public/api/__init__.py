"""The read-only interface for programs, version 1: the same frozen content, answer by answer."""
