"""What the service promises, as frozen data read from `fixtures/`."""
