"""The whole disclosure as JSON: the frozen content in an envelope that says which version it is."""

from datetime import datetime

from budgets.domain.document import Document, encode


def build(
    document: Document, *, version: int, digest: str, published_at: datetime, reason: str
) -> bytes:
    """Canonical JSON in UTF-8: keys sorted, no blanks between the tokens.

    `digest` is the SHA-256 of the content in the same canonical form, so a reader can verify it.
    """
    envelope = {
        "version": version,
        "digest": digest,
        "published_at": published_at.isoformat(),
        "reason": reason,
        "content": document,
    }
    return encode(envelope)


def build_table(
    document: Document,
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
        "title": document.title,
        "year": document.year,
        "department": document.department,
        "table": document.tables_by_key[key],
    }
    return encode(envelope)
