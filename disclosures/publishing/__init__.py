"""Orders to publish, the workers that carry them out, and publication by command."""
