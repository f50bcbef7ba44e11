"""Between a client and a server of the user's choice: passes everything on, judges both directions, records."""
