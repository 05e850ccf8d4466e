"""Where a published figure comes from, where it goes, who quotes it, and what proves it; pure."""
