"""The GraphQL schema, made from the registry, and its execution under plans."""
