"""The set of Xinjiang: eleven tables and twelve notes."""
