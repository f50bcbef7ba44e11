"""What the documents mean for one exchange: checks of requests and answers, pure and without I/O."""
