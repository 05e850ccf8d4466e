"""A county's year to take away whole: tables, documents and checksums in one ZIP, no server."""

from disclosures.package.archive import keep_archive, name_state

__all__ = ["keep_archive", "name_state"]
