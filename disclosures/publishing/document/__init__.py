"""The document before it has a format: tables laid out, cells placed, sentences named."""
