"""HTTP: the only package that knows requests, answers and Starlette."""
