"""From an approved budget to what the public gets: the frozen document and its files."""
