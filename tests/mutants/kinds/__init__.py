"""One module for each sort of mutants; each makes them mechanically from the documents or the wiring."""
