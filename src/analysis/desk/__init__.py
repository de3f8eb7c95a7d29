"""What a person at the desk asks for: what there is, what a figure rests on, what is open, decisions."""
