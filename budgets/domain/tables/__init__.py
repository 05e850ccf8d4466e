"""Tables: what one is, and which facts it asks for (form), and how it is built (build)."""
