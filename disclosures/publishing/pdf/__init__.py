"""The frozen document as an archival, accessible PDF, and pictures of its pages."""
