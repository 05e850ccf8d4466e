"""The whole disclosure as JSON: the frozen content in an envelope that says which version it is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from budgets.domain.content import canonical


def build(
    content: Mapping[str, Any], *, version: int, digest: str, published_at: datetime, reason: str
) -> bytes:
    """Canonical JSON in UTF-8: keys sorted, no blanks between the tokens.

    `digest` is the SHA-256 of the content in the same canonical form, so a reader can verify it.
    """
    envelope = {
        "version": version,
        "digest": digest,
        "published_at": published_at.isoformat(),
        "reason": reason,
        "content": content,
    }
    return canonical(envelope).encode()


def build_table(
    content: Mapping[str, Any],
    key: str,
    *,
    version: int,
    digest: str,
    published_at: datetime,
    reason: str,
) -> bytes:
    """One table in the same envelope; `digest` is that of the whole content it was taken from."""
    envelope = {
        "version": version,
        "digest": digest,
        "published_at": published_at.isoformat(),
        "reason": reason,
        "title": content["title"],
        "year": content["year"],
        "department": content["department"],
        "grid": content["grids"][key],
    }
    return canonical(envelope).encode()
