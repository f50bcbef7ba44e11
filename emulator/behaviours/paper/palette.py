"""The colours of reports, as Word writes them: six digits, red, green, blue."""

INK = "1B2A38"
QUIET = "5D6B78"
LINE = "D5DCE2"
TINT = "F3F6F8"
DEEP = "17405C"
ACCENT = "1F8A84"
