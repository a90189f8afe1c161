"""Rules as frozen data: schemes, facts, predicates and gradings. Pure: nothing here knows a database."""
