"""What a run came to, as people and programs read it: terminal, JSON, JUnit, HTML, annotations, HAR."""
