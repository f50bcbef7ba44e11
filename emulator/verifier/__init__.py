"""The documents read in the other direction: clients, servers and recordings judged by what the pages say."""
