"""Tables, sealing and the unit of work: the only package that speaks to the database with clear values."""
