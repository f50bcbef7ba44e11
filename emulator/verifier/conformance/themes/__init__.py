"""What the documents promise, theme by theme: each module makes the cases of one kind of promise."""
