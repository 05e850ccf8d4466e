"""Tags of the workplace's templates."""
