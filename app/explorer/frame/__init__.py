"""What every page stands in: the bar, the address, the language, who looks, the open store, what is said of errors."""
