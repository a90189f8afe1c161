"""Gradings over the database: one set-based statement for all customers, plain reading for one."""
