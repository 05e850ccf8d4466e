"""What a person is told: the inbox in the workplace, and mail."""
