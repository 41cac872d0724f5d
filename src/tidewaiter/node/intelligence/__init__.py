"""Intelligence: tips to and from neighbours, who is on duty, what came of each."""
