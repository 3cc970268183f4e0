"""The graph in a Neo4j server: the store for production."""
