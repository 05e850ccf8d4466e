"""The document's text: sentences from finished tables, never from the ledger."""
