"""A county's year to take away whole: tables, documents and checksums in one ZIP, no server."""
