"""What the public reads, and in which forms it takes it away."""
