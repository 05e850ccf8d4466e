"""The way in: passwords, the second factor, lock-out, and how long a login lasts."""
