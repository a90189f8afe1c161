"""Who may see what: principal → decision → plan → rows. Decided once per document and principal, never per row."""
