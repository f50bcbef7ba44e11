"""White-box tests: one file for each module or promise, small and quick, in this process unless a command is tested."""
