"""Charts of a published document: figures of one scope, drawn as shapes; pure."""
