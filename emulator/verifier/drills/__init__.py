"""A client taken through prepared mishaps: what is planned for each, how it is run, how its run is judged."""
