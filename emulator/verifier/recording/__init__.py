"""What was heard of a service: exchanges as they went over the wire, scrubbed, kept, told as HAR, sent once more."""
