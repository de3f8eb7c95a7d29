"""How often the reading engine finds, reads and flags figures whose truth is known."""
