"""Lists over departments and years: one declaration for page, CSV, XLSX, JSON and interface."""
