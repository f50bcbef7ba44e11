"""Where records are kept. Knows no word of the service."""
