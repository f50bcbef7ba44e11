"""What operations do: plain data in, plain data out, no HTTP."""
