"""Cases that the documents imply, played against a server: what it promises, told by what it answers."""
