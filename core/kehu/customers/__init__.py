"""Core's own records, schemes, scopes and acts: the customer and what stands around him."""
