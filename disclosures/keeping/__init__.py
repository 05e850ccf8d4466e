"""The keeper before the public site: drawn pages are kept for the minute that any cache may keep
them, tell by which mark they are known, and travel compressed."""

from disclosures.keeping.keeper import PageKeeper

__all__ = ["PageKeeper"]
