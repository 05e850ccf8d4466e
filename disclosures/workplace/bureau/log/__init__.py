"""The log of operations as the auditor reads it: found, opened, taken away; never changed."""
