"""How a document comes in: what a file is, which report it is, and the tables made from it."""
