"""The graph: its ontology, its value types, its stores, and the columnar projection that detection reads."""
