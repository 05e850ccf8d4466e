"""Tables: what one is before it meets facts (form), after (grid), and the way between (build)."""
